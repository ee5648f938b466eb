import { MailferryError } from '../../../domain/errors.ts'
import type { Network } from '../../http/connectSocket.ts'
import { type HttpConnection, type HttpRequest, type HttpResponse, openHttpConnection } from '../../http/httpConnection.ts'
import { originOf } from '../../http/origin.ts'
import type { SignIn } from '../signIn/signIn.ts'

/** What the questions of Autodiscover share. */
export interface Asking {
  readonly network: Network
  /** `Mailferry/version`. */
  readonly userAgent: string
  readonly signal: AbortSignal
}

export interface Fetched {
  readonly status: number
  readonly location: string | undefined
  readonly body: Buffer
}

/** An answer of Autodiscover has a few kilobytes. */
const longest = 1_000_000

const patience = 20_000

/**
 * Asks once over a connection of its own, without credentials; signs in on the same connection where the server wants that and a sign-in was given.
 * No redirect is followed. Throws `host.*`, `tls.*`, `signIn.*`, `server.*`.
 */
export async function fetchOnce(
  { network, userAgent, signal }: Asking,
  url: URL,
  ask: Pick<HttpRequest, 'method' | 'body'>,
  signIn?: SignIn,
): Promise<Fetched> {
  const connection = await openHttpConnection(network, originOf(url), signal)
  const request: HttpRequest = {
    ...ask,
    path: url.pathname + url.search,
    headers: { 'user-agent': userAgent, accept: '*/*', ...(ask.body && { 'content-type': 'text/xml; charset=utf-8' }) },
    signal,
    timeoutMs: patience,
  }
  let second: HttpConnection | undefined
  try {
    const first = await read(connection.origin.host, await connection.request(request))
    if (first.status !== 401 || signIn === undefined) return first
    second = connection.usable ? undefined : await openHttpConnection(network, connection.origin, signal)
    return await read(connection.origin.host, await signIn.send(second ?? connection, request))
  } finally {
    connection.close()
    second?.close()
  }
}

async function read(host: string, response: HttpResponse): Promise<Fetched> {
  const chunks: Buffer[] = []
  let length = 0
  for await (const chunk of response.body) {
    chunks.push(chunk)
    length += chunk.length
    if (length > longest) throw new MailferryError('server.protocol', { host, detail: 'its answer to Autodiscover has no end' })
  }
  return { status: response.status, location: response.header('location'), body: Buffer.concat(chunks) }
}
