import { z } from 'zod'
import { MailferryError } from '../../../domain/errors.ts'
import type { HttpResponse } from '../../http/httpConnection.ts'
import { scrub } from '../../scrub.ts'
import type { GraphProblem, GraphResponse } from './graphTransport.ts'

interface ErrorBody {
  readonly code: string
  readonly message?: string | undefined
  readonly innerError?: unknown
}

const innerSchema = z.object({ 'request-id': z.string().optional() }).catch({})
const errorSchema = z.object({
  error: z.object({ code: z.string(), message: z.string().optional(), innerError: z.unknown().optional() }),
})

/** Reads an answer whole. Throws `server.webPage` and `server.protocol` where it isn't Graph that answers, such as a proxy's page. */
export async function readAnswer(host: string, response: HttpResponse, secrets: readonly string[]): Promise<GraphResponse> {
  const chunks: Buffer[] = []
  for await (const chunk of response.body) chunks.push(chunk)
  const { status } = response
  const header = (name: string) => response.header(name)
  const bytes = Buffer.concat(chunks)
  const type = response.header('content-type')
  // A gateway of Microsoft's own says with a page, too, that it is busy or that a request is too large.
  const isGateway = status === 413 || status === 429 || status >= 500
  if (/\bx?html\b/i.test(type ?? '') && !isGateway) throw new MailferryError('server.webPage', { host, status })
  if (status >= 300 && status < 400) throw new MailferryError('server.protocol', { host, detail: `HTTP ${status}, a redirection` })
  const json = isJson(type) ? parsed(host, bytes) : undefined
  if (status < 300) return { status, header, ...(isJson(type) ? { json } : bytes.length > 0 && { bytes }) }
  return { status, header, ...(json !== undefined && { json }), error: problemOf(status, json, secrets) }
}

export const isJson = (type: string | undefined): boolean => /^application\/(?:[\w.-]+\+)?json\b/i.test(type ?? '')

function parsed(host: string, bytes: Buffer): unknown {
  if (bytes.length === 0) return undefined
  try {
    return JSON.parse(bytes.toString('utf8'))
  } catch {
    throw new MailferryError('server.protocol', { host, detail: 'its JSON is damaged' })
  }
}

/** What an error body says; where there is none, the status alone. */
export function problemOf(status: number, json: unknown, secrets: readonly string[]): GraphProblem {
  const { data } = errorSchema.safeParse(json)
  if (data === undefined) return { code: `HTTP ${status}`, message: '' }
  const error: ErrorBody = data.error
  const inner = innerSchema.parse(error.innerError ?? {})
  const requestId = inner['request-id']
  return {
    code: scrub(error.code, secrets),
    message: scrub(error.message ?? '', secrets),
    ...(requestId !== undefined && { requestId: scrub(requestId) }),
  }
}
