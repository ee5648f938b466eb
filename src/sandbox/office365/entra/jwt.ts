import { constants, type KeyObject, verify } from 'node:crypto'

/** A part of a JSON Web Token (RFC 7519); undefined where it holds no object. */
export function readJson(part: string): Readonly<Record<string, unknown>> | undefined {
  try {
    const value: unknown = JSON.parse(Buffer.from(part, 'base64url').toString())
    // An object's members are unknown until they are looked at.
    return typeof value === 'object' && value !== null ? (value as Record<string, unknown>) : undefined
  } catch {
    return undefined
  }
}

/** Whether the signature is the key's, by one of the algorithms that Entra takes of an application's certificate. */
export function isSigned(algorithm: unknown, text: string, signature: string, key: KeyObject): boolean {
  const bytes = Buffer.from(signature, 'base64url')
  if (algorithm === 'RS256') return verify('sha256', Buffer.from(text), key, bytes)
  if (algorithm !== 'PS256') return false
  return verify('sha256', Buffer.from(text), { key, padding: constants.RSA_PKCS1_PSS_PADDING, saltLength: 32 }, bytes)
}
