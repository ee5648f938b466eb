import { once } from 'node:events'
import { createServer as createHttpServer, type RequestListener, type Server } from 'node:http'
import { createServer as createHttpsServer } from 'node:https'
import type { AddressInfo } from 'node:net'
import type { ServerCertificate } from '../certificates.ts'

export interface Listener extends AsyncDisposable {
  readonly port: number
}

export interface TlsOptions {
  readonly certificate: Pick<ServerCertificate, 'cert' | 'key'>
  /** TLS 1.0 and no later, as Exchange 2010 on Windows 2008. */
  readonly oldTls?: boolean
}

/** Listens on a free port, or the given one; without `tls` it speaks plain HTTP. Disposing of it breaks off what is open. */
export async function listen(host: string, port: number, handler: RequestListener, tls?: TlsOptions): Promise<Listener> {
  const old = tls?.oldTls ? ({ minVersion: 'TLSv1', maxVersion: 'TLSv1', ciphers: 'DEFAULT:@SECLEVEL=0' } as const) : {}
  const server: Server = tls
    ? createHttpsServer({ cert: tls.certificate.cert, key: tls.certificate.key, keepAliveTimeout: 120_000, ...old }, handler)
    : createHttpServer(handler)
  server.listen(port, host)
  await once(server, 'listening')
  // Proof of the cast: it listens on a port, not on a pipe.
  const address = server.address() as AddressInfo
  return {
    port: address.port,
    async [Symbol.asyncDispose]() {
      const closed = once(server, 'close')
      server.close()
      server.closeAllConnections()
      await closed
    },
  }
}
