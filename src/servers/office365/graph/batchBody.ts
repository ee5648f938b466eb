import { z } from 'zod'
import { MailferryError } from '../../../domain/errors.ts'
import { isJson, problemOf } from './graphAnswer.ts'
import type { BatchRequest, GraphResponse } from './graphTransport.ts'

/** Requests in one `$batch` at most (Microsoft Graph, "json-batching"). */
export const batchLimit = 20

const answersSchema = z.object({
  responses: z.array(
    z.object({
      id: z.string(),
      status: z.number(),
      headers: z.record(z.string(), z.string()).optional(),
      body: z.unknown().optional(),
    }),
  ),
})

/** The body of a `$batch`; `headers`: those that each request has beside its own. */
export function batchBody(requests: readonly BatchRequest[], headers: (request: BatchRequest) => Record<string, string>): unknown {
  return {
    requests: requests.map((request, index) => ({
      id: String(index + 1),
      method: request.method,
      url: request.path,
      headers: { ...headers(request), ...(request.json !== undefined && { 'Content-Type': 'application/json' }) },
      ...(request.json !== undefined && { body: request.json }),
    })),
  }
}

/** The answers of a `$batch` in the order of its requests. Throws `server.protocol`. */
export function batchAnswers(host: string, count: number, json: unknown, secrets: readonly string[]): GraphResponse[] {
  const { data } = answersSchema.safeParse(json)
  if (data === undefined) throw new MailferryError('server.protocol', { host, detail: 'its answer to a batch is none' })
  const byId = new Map(data.responses.map(response => [response.id, response]))
  return Array.from({ length: count }, (_, index) => {
    const answer = byId.get(String(index + 1))
    // What has no answer may have been carried out, as after an error of the server's.
    if (answer === undefined)
      return { status: 500, header: () => undefined, error: { code: 'noAnswer', message: 'left out of the batch’s answers' } }
    const headers = new Map(Object.entries(answer.headers ?? {}).map(([name, value]) => [name.toLowerCase(), value]))
    const header = (name: string) => headers.get(name.toLowerCase())
    const { status, body } = answer
    if (status >= 300) return { status, header, json: body, error: problemOf(status, body, secrets) }
    // What isn't JSON comes in base64.
    if (typeof body === 'string' && !isJson(header('content-type'))) return { status, header, bytes: Buffer.from(body, 'base64') }
    return { status, header, ...(body !== undefined && { json: body }) }
  })
}
