import { connect as connectTcp, isIP, type Socket } from 'node:net'
import { connect as connectTls, type TLSSocket } from 'node:tls'
import type { ImapTransport } from 'imapflow'
import type { ImapServer } from '../../domain/connection.ts'
import { MailferryError } from '../../domain/errors.ts'
import { scrub } from '../scrub.ts'
import { describeTls } from '../tls/certificate.ts'
import type { Trust } from '../tls/trust.ts'
import { distrust } from './tls.ts'

/**
 * Opens imapflow's sockets. It does so itself, for two checks that have to come before anything is sent: the certificate against
 * a pinned fingerprint (Node asks `checkServerIdentity` only about certificates it trusts already), and whether IMAP is spoken at all.
 */
export function tlsTransport(server: ImapServer, trust: Trust, onTrusted: (described: string) => void): ImapTransport {
  // An address has no SNI name (RFC 6066 3); `host` still tells what the certificate has to be for.
  const sni = isIP(server.host) === 0 ? { servername: server.host } : {}
  const tlsOptions = () => ({ host: server.host, port: server.port, ...sni, secureContext: trust(), rejectUnauthorized: false })

  const whenTrusted = (socket: TLSSocket, proceed: () => void) => () => {
    // Node gives it once; a second call answers nothing.
    const certificate = socket.getPeerX509Certificate()
    const refusal = distrust(server, socket, certificate)
    if (refusal) return socket.destroy(refusal)
    onTrusted(describeTls(socket, certificate))
    return proceed()
  }
  return {
    connect({ secure }, onConnect) {
      if (!secure) {
        const socket = connectTcp({ host: server.host, port: server.port, noDelay: true }, () => {
          expectGreeting(socket, server)
          onConnect()
        })
        return socket
      }
      const socket: TLSSocket = connectTls(tlsOptions(), () =>
        whenTrusted(socket, () => {
          expectGreeting(socket, server)
          onConnect()
        })(),
      )
      socket.setNoDelay(true)
      return socket
    },
    upgrade(plain, _options, onSecure) {
      const socket: TLSSocket = connectTls({ ...tlsOptions(), socket: plain }, () => whenTrusted(socket, onSecure)())
      return socket
    },
  }
}

/** Every IMAP greeting begins with `*` (RFC 3501 7.1.4, 7.1.5); SSH, HTTP, SMTP, POP3 and TLS don't. Else one would wait for it in vain. */
function expectGreeting(socket: Socket, { host, port }: ImapServer): void {
  socket.once('data', (first: Buffer) => {
    if (first[0] === 0x2a) return
    const line = scrub(first.toString('latin1').split(/[\r\n]/, 1)[0] ?? '')
    socket.destroy(
      new MailferryError('host.notImap', {
        host,
        port,
        detail: line === '' ? 'it greets with nothing readable' : `it greets with "${line}"`,
      }),
    )
  })
}
