import { connectionPool } from './connectionPool.ts'
import type { Network } from './connectSocket.ts'
import { type HttpRequest, type HttpResponse, openHttpConnection } from './httpConnection.ts'
import type { Origin } from './origin.ts'
import { released } from './released.ts'

/** Requests to one host over connections that are kept open between them. Nothing is ever sent twice. */
export interface HttpClient extends AsyncDisposable {
  /** Throws `host.*`, `tls.*`, `server.dropped`, `server.stalled`, `server.protocol`, and whatever `beforeSend` throws. */
  request(request: HttpRequest): Promise<HttpResponse>
}

/** `connections`: their upper bound; requests beyond it wait for one. */
export function httpClient(network: Network, origin: Origin, connections: number): HttpClient {
  const pool = connectionPool(connections, signal => openHttpConnection(network, origin, signal))
  return {
    async request(request) {
      const lease = await pool.take(request.signal)
      try {
        const response = await lease.connection.request(request)
        return { ...response, body: released(response.body, lease.giveBack) }
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
