import { hash, X509Certificate } from 'node:crypto'
import { isSigned, readJson } from './jwt.ts'
import type { Application } from './registry.ts'
import { allowedSkew } from './tokens.ts'

/** The directory's own application id, which such a proof has to be meant for. */
const audience = '00000002-0000-0000-c000-000000000000'

/** Seconds. */
const longest = 600

/**
 * Whether a token proves that its maker has the key of a valid certificate of the application ("Generate proof of possession tokens for rolling keys"): of the application's
 * object id, for ten minutes at most, its certificate named by `x5t`.
 */
export function provesKey(application: Application, proof: string, now: number): boolean {
  const [head = '', body = '', signature = '', ...more] = proof.split('.')
  const header = readJson(head)
  const claims = readJson(body)
  // Padding is refused ("Authentication_MissingOrMalformed").
  if (!header || !claims || more.length > 0 || proof.includes('=')) return false
  const credential = application.keyCredentials.find(
    ({ certificate, endDateTime, knownFrom = 0 }) =>
      knownFrom <= now && Date.parse(endDateTime) > now && header['x5t'] === hash('sha1', certificate, 'base64url'),
  )
  if (!credential || header['alg'] !== 'RS256') return false
  const [from, until] = [Number(claims['nbf']), Number(claims['exp'])]
  const isOfNow = from * 1000 <= now + allowedSkew && until * 1000 > now && until - from <= longest && until > from
  if (claims['aud'] !== audience || claims['iss'] !== application.id || !isOfNow) return false
  return isSigned('RS256', `${head}.${body}`, signature, new X509Certificate(credential.certificate).publicKey)
}
