import { connectionPool } from '../../http/connectionPool.ts'
import type { Network } from '../../http/connectSocket.ts'
import { type HttpConnection, openHttpConnection } from '../../http/httpConnection.ts'
import { originOf } from '../../http/origin.ts'
import { lengthOf, type RequestBody } from '../../http/outgoing.ts'
import { released } from '../../http/released.ts'
import type { SignIn } from '../signIn/signIn.ts'
import { answerError } from './answerError.ts'
import { cookieJar } from './cookieJar.ts'

/** One mailbox server's EWS, signed in. */
export interface EwsTransport extends AsyncDisposable {
  readonly url: string
  /**
   * Posts one SOAP request with a Content-Length, never chunked: not every server reads that. Answers of status 200 and 500 with XML are the caller's.
   * Nothing is ever sent twice: `server.dropped` and `server.stalled` leave open whether the server carried the request out.
   *
   * Throws `host.*`, `tls.*`, `signIn.*`; `server.dropped`, `server.stalled`; `server.busy` (HTTP 503 or 429, with Retry-After); `server.protocol`
   * (an HTML page or a redirect instead of SOAP); `host.notExchange` (no EWS there); `permission.ews` (HTTP 403); `request.tooLarge`; and
   * whatever `beforeSend` throws, unsent or not to its end.
   */
  post(body: RequestBody, options: PostOptions): Promise<EwsResponse>
}

export interface PostOptions {
  readonly signal: AbortSignal
  /** The address whose mailbox server should have the request: becomes `X-AnchorMailbox`. */
  readonly mailbox?: string
  /** Milliseconds without a byte in either direction; three minutes unless told. */
  readonly timeoutMs?: number
  /** Called right before any of the request's bytes go out, several times for a large one. */
  readonly beforeSend?: () => void
}

export interface EwsResponse {
  readonly status: number
  /** Milliseconds since the epoch, from the Date header. */
  readonly serverDate: number | undefined
  /** Has to be read, or ended with `return()`: until then its connection is taken. */
  readonly body: AsyncIterable<Buffer>
}

export interface EwsTransportOptions {
  readonly url: string
  readonly network: Network
  readonly signIn: SignIn
  /** `Mailferry/version`. */
  readonly userAgent: string
  /** Upper bound of connections; requests beyond it wait for one. */
  readonly connections?: number
}

export function ewsTransport({ url, network, signIn, userAgent, connections = Infinity }: EwsTransportOptions): EwsTransport {
  const parsed = new URL(url)
  const origin = originOf(parsed)
  const jar = cookieJar()
  const pool = connectionPool(connections, signal => openHttpConnection(network, origin, signal))
  let answered = false

  const send = async (connection: HttpConnection, body: RequestBody, { mailbox, ...options }: PostOptions): Promise<EwsResponse> => {
    const response = await signIn.send(connection, {
      method: 'POST',
      path: parsed.pathname + parsed.search,
      headers: {
        'content-type': 'text/xml; charset=utf-8',
        accept: 'text/xml',
        'accept-encoding': 'gzip',
        'user-agent': userAgent,
        ...(mailbox !== undefined && { 'x-anchormailbox': mailbox }),
        ...jar.header(),
      },
      body,
      ...options,
    })
    jar.take(response.cookies)
    const problem = answerError(origin, response, { user: signIn.user, size: lengthOf(body), answered })
    if (problem) throw problem
    answered = true
    return { status: response.status, serverDate: dateOf(response.header('date')), body: response.body }
  }

  return {
    url,
    async post(body, options) {
      const lease = await pool.take(options.signal)
      try {
        const response = await send(lease.connection, body, options)
        // After a fault the server may add what belongs to no answer; the next request isn't to meet it.
        return { ...response, body: released(response.body, response.status === 200 ? lease.giveBack : lease.close) }
      } catch (error) {
        lease.close()
        throw error
      }
    },
    async [Symbol.asyncDispose]() {
      pool.close()
    },
  }
}

function dateOf(header: string | undefined): number | undefined {
  const ms = Date.parse(header ?? '')
  return Number.isNaN(ms) ? undefined : ms
}
