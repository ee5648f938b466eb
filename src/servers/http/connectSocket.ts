import type { X509Certificate } from 'node:crypto'
import { connect as connectTcp, isIP, type Socket } from 'node:net'
import { connect as connectTls, type TLSSocket } from 'node:tls'
import { MailferryError } from '../../domain/errors.ts'
import { connectError } from '../networkErrors.ts'
import { stopped } from '../stopped.ts'
import { describeTls, fingerprintKey, fingerprintOf, untrusted } from '../tls/certificate.ts'
import type { Trust } from '../tls/trust.ts'
import type { Origin } from './origin.ts'
import type { Resolver } from './resolver.ts'

/** What decides whether a host is talked to, and how it is found. */
export interface Network {
  readonly resolver: Resolver
  readonly trust: Trust
  /** SHA-256 of certificates that are trusted whatever else is said of them; every other one has to satisfy the authorities. */
  readonly fingerprints: readonly string[]
  /** Told of each TLS session before anything is sent over it. */
  readonly onTrusted?: (host: string, described: string) => void
}

export interface ConnectedSocket {
  readonly socket: Socket
  /** The server's; absent on plain HTTP. */
  readonly certificate: X509Certificate | undefined
}

const connectTimeout = 30_000

/** Connects TCP and TLS and looks at the certificate before anything is sent. Throws `host.*` and `tls.*`. */
export async function connectSocket(network: Network, origin: Origin, signal: AbortSignal): Promise<ConnectedSocket> {
  if (signal.aborted) throw stopped(signal, 'connecting')
  const { host, port } = origin
  const to = network.resolver.address(host, port)
  const sni = isIP(host) === 0 ? { servername: host } : {}
  const socket = origin.secure
    ? connectTls({ ...to, ...sni, secureContext: network.trust(), rejectUnauthorized: false, ALPNProtocols: ['http/1.1'] })
    : connectTcp(to)
  socket.setNoDelay(true)
  const give = (error: Error) => socket.destroy(error)
  const timer = setTimeout(() => give(new MailferryError('host.timeout', { host, port, ms: connectTimeout })), connectTimeout)
  const onAbort = () => give(stopped(signal, 'connecting'))
  signal.addEventListener('abort', onAbort, { once: true })
  try {
    await new Promise<void>((resolve, reject) => {
      socket.once(origin.secure ? 'secureConnect' : 'connect', resolve).once('error', reject)
      socket.once('close', () => reject(new MailferryError('server.dropped', { host, cause: 'it closed the connection at once' })))
    })
    return { socket, certificate: isTls(socket) ? trustedCertificate(network, host, socket) : undefined }
  } catch (error) {
    socket.destroy()
    throw connectError(origin, error)
  } finally {
    clearTimeout(timer)
    signal.removeEventListener('abort', onAbort)
  }
}

const isTls = (socket: Socket | TLSSocket): socket is TLSSocket => 'getPeerX509Certificate' in socket

function trustedCertificate(network: Network, host: string, socket: TLSSocket): X509Certificate | undefined {
  // Node gives it once; a second call answers nothing.
  const certificate = socket.getPeerX509Certificate()
  if (!network.fingerprints.map(fingerprintKey).includes(fingerprintOf(certificate))) {
    const refusal = untrusted(host, socket, certificate)
    if (refusal) throw refusal
  }
  network.onTrusted?.(host, describeTls(socket, certificate))
  return certificate
}
