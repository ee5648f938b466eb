import { setTimeout as sleep } from 'node:timers/promises'
import type { z } from 'zod'
import { isError, MailferryError } from '../../../domain/errors.ts'
import { stopped } from '../../stopped.ts'
import { type GraphContext, graphError } from './graphError.ts'
import type { GraphResponse, GraphTransport, SendOptions } from './graphTransport.ts'

/** What questions that only read share. */
export interface Asking {
  readonly graph: GraphTransport
  readonly context: Omit<GraphContext, 'operation'>
  readonly signal: AbortSignal
}

type Question = Pick<SendOptions, 'mailbox'> & {
  readonly path: string
  readonly headers?: Readonly<Record<string, string>>
  /** As `GET /users/{id}`, for words; the path's first parts unless told. */
  readonly needs?: readonly string[]
}

const attempts = 3
const pause = 2000

/** Reads something, again where the server asks for patience or breaks off: reading twice does no harm. Answers what Graph refuses as well. */
export async function read({ graph, signal }: Asking, { path, headers, mailbox }: Question): Promise<GraphResponse> {
  for (let attempt = 1; ; attempt += 1) {
    try {
      return await graph.send({ method: 'GET', path, ...(headers && { headers }) }, { signal, ...(mailbox !== undefined && { mailbox }) })
    } catch (error) {
      if (attempt === attempts || !isError(error, 'server.busy', 'server.dropped', 'server.stalled')) throw error
      // Of a busy server, the transport knows until when to wait.
      if (!isError(error, 'server.busy')) {
        await sleep(pause, undefined, { signal }).catch(() => {
          throw stopped(signal, 'request')
        })
      }
    }
  }
}

/** Reads something of a shape. Throws what Graph refuses as ours, and `server.protocol` where the answer has another shape. */
export async function ask<Schema extends z.ZodType>(asking: Asking, schema: Schema, question: Question): Promise<z.infer<Schema>> {
  const response = await read(asking, question)
  if (response.error !== undefined) throw refusalOf(asking, question, response)
  return shaped(asking, schema, response.json)
}

export const refusalOf = ({ context }: Asking, { path, mailbox, needs }: Question, response: GraphResponse): MailferryError =>
  graphError(response, {
    ...context,
    operation: `GET ${path.split('?', 1)[0]}`,
    ...(mailbox !== undefined && { mailbox }),
    ...(needs && { needs }),
  })

export function shaped<Schema extends z.ZodType>({ context }: Asking, schema: Schema, json: unknown): z.infer<Schema> {
  const parsed = schema.safeParse(json)
  if (!parsed.success)
    throw new MailferryError('server.protocol', { host: context.host, detail: 'its answer has another shape than documented' })
  return parsed.data
}
