import { createHash, type X509Certificate } from 'node:crypto'
import type { TLSSocket } from 'node:tls'
import { MailferryError } from '../../domain/errors.ts'

/** SHA-256 of a certificate (DER), lower-case hexadecimal. */
export const fingerprintOf = (certificate: X509Certificate | undefined): string =>
  createHash('sha256')
    .update(certificate?.raw ?? Buffer.alloc(0))
    .digest('hex')

/** A fingerprint as it is compared, however a person wrote it. */
export const fingerprintKey = (fingerprint: string): string => fingerprint.replaceAll(':', '').toLowerCase()

/** `tls.untrusted` where the authorities don't vouch for the server, with why and the fingerprint that a person may confirm. */
export function untrusted(host: string, socket: TLSSocket, certificate: X509Certificate | undefined): MailferryError | undefined {
  if (socket.authorized) return undefined
  return new MailferryError('tls.untrusted', {
    host,
    reason: reasonText(String(socket.authorizationError), certificate, host),
    fingerprint: fingerprintOf(certificate),
  })
}

/** OpenSSL's verification codes in words a person can act on. */
const reasons: Readonly<Record<string, string>> = {
  DEPTH_ZERO_SELF_SIGNED_CERT: 'the certificate is self-signed',
  SELF_SIGNED_CERT_IN_CHAIN: 'it is signed by a private authority',
  UNABLE_TO_GET_ISSUER_CERT: 'its authority is unknown',
  UNABLE_TO_GET_ISSUER_CERT_LOCALLY: 'its authority is unknown',
  UNABLE_TO_VERIFY_LEAF_SIGNATURE: 'its authority is unknown, or the server leaves out an intermediate certificate',
  CERT_HAS_EXPIRED: 'the certificate has expired',
  CERT_NOT_YET_VALID: 'the certificate is not valid yet',
  CERT_REVOKED: 'the certificate was revoked',
}

function reasonText(code: string, certificate: X509Certificate | undefined, host: string): string {
  if (code.includes('ERR_TLS_CERT_ALTNAME_INVALID'))
    return `the certificate is not for ${host} but for ${certificate?.subjectAltName ?? certificate?.subject}`
  const until = code === 'CERT_HAS_EXPIRED' && certificate ? ` (on ${certificate.validTo})` : ''
  return (reasons[code] ?? code) + until
}

/** What TLS session there is, for a person to read. */
export function describeTls(socket: TLSSocket, certificate: X509Certificate | undefined): string {
  const name = (part: string | undefined) => /^(?:CN|O)=(.*)$/m.exec(part ?? '')?.[1] ?? 'nobody'
  const shown = certificate
    ? `certificate of ${name(certificate.subject)} by ${name(certificate.issuer)}, valid until ${certificate.validTo}`
    : 'no certificate'
  return `${socket.getProtocol() ?? 'TLS'}, ${shown}, fingerprint ${fingerprintOf(certificate)}`
}
