import { z } from 'zod'
import { type ErrorCode, MailferryError } from '../domain/errors.ts'
import { errorCodes } from '../domain/errorText.ts'
import type { StoredError } from '../domain/pair.ts'

const known: ReadonlySet<string> = new Set(errorCodes)

/** An error as it crosses the channel: field by field, for a class and its stack don't. */
export const packedError = z.strictObject({
  code: z.custom<ErrorCode>(value => typeof value === 'string' && known.has(value), 'not a known error code'),
  params: z.record(z.string(), z.unknown()),
})

/** The error of the other end as if it had been thrown here; `engine.channel` where it is none. */
export function unpackError(data: unknown): MailferryError {
  const packed = packedError.safeParse(data)
  if (!packed.success) return new MailferryError('engine.channel', { detail: 'an error that is none of the list' })
  // Both ends are of one version, which the engine's first message proves: parameters are what the code's type says.
  const { code, params } = packed.data as StoredError
  return new MailferryError(code, params)
}
