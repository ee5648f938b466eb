import { hash, X509Certificate } from 'node:crypto'
import { AadstsError } from './aadsts.ts'
import { isSigned, readJson } from './jwt.ts'
import type { Application, KeyCredential } from './registry.ts'
import { allowedSkew } from './tokens.ts'

export interface AssertionContext {
  /** What an assertion may be meant for: the token endpoint's URL, or the issuer. */
  readonly audiences: readonly string[]
  readonly now: number
}

/**
 * Checks a client's assertion (RFC 7523) signed with one of the application's certificates, named by `x5t#S256` or `x5t` in its header. Answers the
 * client id it is of.
 */
export function checkAssertion(application: Application, assertion: string, { audiences, now }: AssertionContext): void {
  const [head = '', body = '', signature = ''] = assertion.split('.')
  const header = readJson(head)
  const claims = readJson(body)
  const credential =
    header && application.keyCredentials.find(credential => isKnown(credential, now) && isNamed(header, credential.certificate))
  if (!header || !claims) throw new AadstsError(50027, 'invalid_request', 'JWT token is invalid or malformed.')
  if (!credential) throw badCertificate('The key was not found.', header)
  if (Date.parse(credential.endDateTime) <= now) throw badCertificate('The key used is expired.', header)
  const key = new X509Certificate(credential.certificate).publicKey
  if (!isSigned(header['alg'], `${head}.${body}`, signature, key))
    throw badCertificate('The provided signature value did not match the expected signature value.', header)
  if (claims['iss'] !== application.appId || claims['sub'] !== application.appId)
    throw new AadstsError(700021, 'invalid_client', 'Client assertion application identifier does not match client_id parameter.')
  if (!audiences.includes(String(claims['aud'])))
    throw new AadstsError(700212, 'invalid_client', `No matching audience was found for the assertion: ${String(claims['aud'])}.`)
  const [from, until] = [Number(claims['nbf'] ?? claims['iat']) * 1000, Number(claims['exp']) * 1000]
  if (!(from <= now + allowedSkew && until > now - allowedSkew)) {
    const text = `Client assertion is not within its valid time range. Current time: ${new Date(now).toISOString()}, assertion valid from ${iso(from)}, expiry time of assertion ${iso(until)}.`
    throw new AadstsError(700024, 'invalid_client', text)
  }
}

const iso = (ms: number): string => (Number.isNaN(ms) ? 'unknown' : new Date(ms).toISOString())

const badCertificate = (reason: string, header: Readonly<Record<string, unknown>>): AadstsError =>
  new AadstsError(
    700027,
    'invalid_client',
    `The certificate with identifier used to sign the client assertion is not registered on application. [Reason - ${reason} Thumbprint of key used by client: '${String(header['x5t#S256'] ?? header['x5t'] ?? '')}']`,
  )

/** Whether a certificate has come to where tokens are given out. */
const isKnown = ({ knownFrom = 0 }: KeyCredential, now: number): boolean => knownFrom <= now

const isNamed = (header: Readonly<Record<string, unknown>>, certificate: KeyCredential['certificate']): boolean =>
  header['x5t#S256'] === hash('sha256', certificate, 'base64url') || header['x5t'] === hash('sha1', certificate, 'base64url')
