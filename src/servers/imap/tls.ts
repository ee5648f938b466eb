import type { X509Certificate } from 'node:crypto'
import type { TLSSocket } from 'node:tls'
import type { ImapServer } from '../../domain/connection.ts'
import { MailferryError } from '../../domain/errors.ts'
import { fingerprintKey, fingerprintOf, untrusted } from '../tls/certificate.ts'

/**
 * Why a server that finished its handshake isn't to be talked to, if it isn't. A pinned fingerprint decides alone: it admits a
 * private, expired or wrongly named certificate, and refuses every other one however well signed.
 */
export function distrust(
  { host, fingerprint: pinned }: ImapServer,
  socket: TLSSocket,
  certificate: X509Certificate | undefined,
): MailferryError | undefined {
  if (pinned === undefined) return untrusted(host, socket, certificate)
  const [expected, actual] = [fingerprintKey(pinned), fingerprintOf(certificate)]
  return expected === actual ? undefined : new MailferryError('tls.fingerprintMismatch', { host, expected, actual })
}
