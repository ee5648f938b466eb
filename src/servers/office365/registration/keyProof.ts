import { createHash, sign, X509Certificate } from 'node:crypto'
import type { ApplicationCertificate } from '../entra/certificate.ts'

/** The directory's application id, the same in every tenant and cloud. */
const audience = '00000002-0000-0000-c000-000000000000'

/** Seconds; Graph takes no longer ones. */
const lifetime = 600
/** Seconds that this machine's clock may be ahead of Entra's. */
const early = 120

/**
 * Proves to Graph that an application has one of its valid keys (Microsoft Graph, "Generate proof of possession tokens for rolling keys"). `objectId`: the application
 * object's, which isn't the client id.
 */
export function keyProof({ privateKey, certificate }: ApplicationCertificate, objectId: string, now = Date.now()): string {
  const sha1 = createHash('sha1').update(new X509Certificate(certificate).raw).digest()
  const from = Math.floor(now / 1000) - early
  const header = { alg: 'RS256', typ: 'JWT', x5t: sha1.toString('base64url'), kid: sha1.toString('hex').toUpperCase() }
  const body = `${encoded(header)}.${encoded({ aud: audience, iss: objectId, nbf: from, exp: from + lifetime })}`
  return `${body}.${sign('sha256', Buffer.from(body), privateKey).toString('base64url')}`
}

const encoded = (part: object): string => Buffer.from(JSON.stringify(part)).toString('base64url')
