import type { X509Certificate } from 'node:crypto'
import { Client } from 'undici'
import { connectSocket, type Network } from './connectSocket.ts'
import { exchangeError } from './httpErrors.ts'
import type { Origin } from './origin.ts'
import { lengthOf, outgoing, type RequestBody } from './outgoing.ts'
import { responseBody } from './responseBody.ts'
import { type Silence, silenceLimit } from './silence.ts'

export interface HttpRequest {
  readonly method: 'GET' | 'POST' | 'PATCH' | 'PUT' | 'DELETE'
  /** With the query. */
  readonly path: string
  readonly headers: Readonly<Record<string, string>>
  readonly body?: RequestBody
  readonly signal: AbortSignal
  /** Milliseconds without a byte in either direction. */
  readonly timeoutMs?: number
  /** Called right before any of the request's bytes go out; what it throws ends the request unsent, or cut. */
  readonly beforeSend?: () => void
}

export interface HttpResponse {
  readonly status: number
  /** Of a repeated header all values, joined by a comma (RFC 9110 5.3). */
  header(name: string): string | undefined
  readonly cookies: readonly string[]
  /** Decompressed. Has to be read, or ended with `return()`; only an answer that was read to its end leaves its connection usable. */
  readonly body: AsyncIterable<Buffer>
}

/** One connection: its requests follow one another, which is what NTLM signs in. It is never opened anew behind the caller's back. */
export interface HttpConnection {
  readonly origin: Origin
  readonly certificate: X509Certificate | undefined
  /** False once it was closed by either end, or an answer on it was left unread. */
  readonly usable: boolean
  request(request: HttpRequest): Promise<HttpResponse>
  close(): void
}

/** Longest that a server may be silent: a batch of EWS may run for a minute, and a front end queues it before. */
const defaultTimeout = 180_000

/** IIS closes idle connections after two minutes; to be first avoids writing into one that is just being closed. */
const idleLimit = 60_000

/** Throws `host.*` and `tls.*`. */
export async function openHttpConnection(network: Network, origin: Origin, signal: AbortSignal): Promise<HttpConnection> {
  const { socket, certificate } = await connectSocket(network, origin, signal)
  let handedOver = false
  let usable = true
  const client = new Client(
    `${origin.secure ? 'https' : 'http'}://${origin.host.includes(':') ? `[${origin.host}]` : origin.host}:${origin.port}`,
    {
      pipelining: 1,
      keepAliveTimeout: idleLimit,
      keepAliveMaxTimeout: idleLimit,
      headersTimeout: 0,
      bodyTimeout: 0,
      connect: (_options, callback) => {
        if (handedOver || socket.destroyed) return callback(new Error('the connection is used up'), null)
        handedOver = true
        // The client isn't ready for a socket before this call has returned.
        queueMicrotask(() => callback(null, socket))
      },
    },
  )
  const lost = () => {
    usable = false
  }
  client.on('disconnect', lost)
  socket.once('close', lost)
  // Of an answer that nobody read: it would keep the process waiting.
  let waiting: Silence | undefined
  const close = () => {
    lost()
    waiting?.end()
    socket.destroy()
    client.destroy().catch(() => {})
  }

  const request: HttpConnection['request'] = async request => {
    const { method, path, headers, body, timeoutMs = defaultTimeout } = request
    const silence: Silence = silenceLimit(request.signal, origin.host, timeoutMs)
    waiting = silence
    try {
      const answer = await client.request({
        method,
        path,
        headers: { ...headers, ...(body && { 'content-length': String(lengthOf(body)) }) },
        body: body && lengthOf(body) > 0 ? outgoing(body, silence, request.beforeSend) : null,
        signal: silence.signal,
      })
      const { statusCode: status, headers: received } = answer
      return {
        status,
        header: name => (Array.isArray(received[name]) ? received[name].join(', ') : received[name]),
        cookies: [received['set-cookie'] ?? []].flat(),
        body: responseBody(answer, { origin, silence, close }),
      }
    } catch (error) {
      silence.end()
      close()
      throw exchangeError(origin, silence.signal, error)
    }
  }
  return {
    origin,
    certificate,
    get usable() {
      return usable
    },
    request,
    close,
  }
}
