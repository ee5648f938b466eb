import type { z } from 'zod'
import { MailferryError } from '../domain/errors.ts'
import { problemsOf } from '../rpc/problems.ts'
import { type Call, type Method, type Params, protocol, type Result } from '../rpc/protocol.ts'
import type { EngineContext } from './context.ts'
import { handlers } from './handlers/index.ts'

/** The protocol's table, seen so that a method's schema gives that method's parameters. */
const schemas: { readonly [Of in Method]: { readonly params: Pick<z.ZodType<Params<Of>>, 'safeParse'> } } = protocol

/** Parameters as the protocol has them; else `usage`, which names the first place to correct. */
export function checkParams<Of extends Method>(method: Of, params: unknown): Params<Of> {
  const checked = schemas[method].params.safeParse(params)
  if (checked.success) return checked.data
  const [problem] = problemsOf(checked.error)
  throw new MailferryError('usage', { detail: `${method}: ${problem?.path} ${problem?.message}` })
}

/** What every caller of the engine goes through, in its process or at the end of a channel. */
export async function answer<Of extends Method>(context: EngineContext, method: Of, params: Params<Of>, call: Call): Promise<Result<Of>> {
  return handlers[method](context, params, call)
}
