import { createHash, type X509Certificate } from 'node:crypto'
import { readFileSync } from 'node:fs'
import { createSecureContext, getCACertificates, type SecureContext, type TLSSocket } from 'node:tls'
import type { ImapServer } from '../../domain/connection.ts'
import { MailferryError } from '../../domain/errors.ts'

/** The authorities a server's certificate is checked against: Node's own, the system's and the connection's CA file. */
export type Trust = () => SecureContext

/** Reads the authorities once, at the first connection: the system's store is hundreds of certificates. Throws `tls.caFile`. */
export function trustOf(server: ImapServer): Trust {
  let context: SecureContext | undefined
  return () => {
    context ??= createSecureContext({ ca: authorities(server.caFile), minVersion: 'TLSv1.2' })
    return context
  }
}

function authorities(caFile: string | undefined): string[] {
  const known = new Set([...getCACertificates('default'), ...getCACertificates('system')])
  if (caFile !== undefined) for (const certificate of readCaFile(caFile)) known.add(certificate)
  return [...known]
}

function readCaFile(file: string): string[] {
  let text: string
  try {
    text = readFileSync(file, 'utf8')
  } catch (error) {
    throw new MailferryError('tls.caFile', { file, cause: messageOf(error) }, { cause: error })
  }
  const certificates = text.match(/-----BEGIN CERTIFICATE-----[^-]+-----END CERTIFICATE-----/g)
  if (!certificates) throw new MailferryError('tls.caFile', { file, cause: 'it holds no PEM certificate' })
  try {
    createSecureContext({ ca: certificates })
  } catch (error) {
    throw new MailferryError('tls.caFile', { file, cause: messageOf(error) }, { cause: error })
  }
  return certificates
}

const messageOf = (error: unknown): string => (error instanceof Error ? error.message : String(error))

/** SHA-256 of a certificate (DER), lower-case hexadecimal. */
const fingerprintOf = (certificate: X509Certificate | undefined): string =>
  createHash('sha256')
    .update(certificate?.raw ?? Buffer.alloc(0))
    .digest('hex')

/**
 * Why a server that finished its handshake isn't to be talked to, if it isn't. A pinned fingerprint decides alone: it admits a
 * private, expired or wrongly named certificate, and refuses every other one however well signed.
 */
export function distrust(
  { host, fingerprint: pinned }: ImapServer,
  socket: TLSSocket,
  certificate: X509Certificate | undefined,
): MailferryError | undefined {
  const fingerprint = fingerprintOf(certificate)
  if (pinned !== undefined) {
    const expected = pinned.replaceAll(':', '').toLowerCase()
    return expected === fingerprint ? undefined : new MailferryError('tls.fingerprintMismatch', { host, expected, actual: fingerprint })
  }
  if (socket.authorized) return undefined
  return new MailferryError('tls.untrusted', {
    host,
    reason: reasonText(String(socket.authorizationError), certificate, host),
    fingerprint,
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
