import { generateKeyPairSync, type KeyObject, randomBytes, randomUUID, sign, verify } from 'node:crypto'

/** What an access token says, as Entra's version 1.0 tokens for Graph have it. Times are seconds since the epoch. */
export interface Claims {
  readonly aud: string
  readonly iss: string
  readonly tid: string
  readonly appid: string
  readonly oid: string
  readonly iat: number
  readonly nbf: number
  readonly exp: number
  /** Of an application. */
  readonly roles?: readonly string[]
  /** Delegated permissions, separated by spaces. */
  readonly scp?: string
  readonly upn?: string
  readonly idtyp: 'app' | 'user'
}

export type TokenCheck = Claims | 'malformed' | 'signature' | 'expired' | 'notYet' | 'revoked'

export interface Grant {
  readonly audience: string
  readonly appId: string
  /** Of the service principal, or the user. */
  readonly objectId: string
  readonly roles?: readonly string[]
  readonly scope?: string
  readonly upn?: string
}

/** A refresh token's session. */
export interface Session {
  readonly appId: string
  readonly userId: string
  readonly startedAt: number
}

export interface TokenAuthority {
  /** Seconds; about an hour, unless changed. */
  lifetime: number
  /** Milliseconds since the epoch: access tokens issued before are refused (continuous access evaluation). */
  validFrom: number
  /** RFC 7517. */
  readonly jwks: object
  issue(grant: Grant): string
  check(token: string): TokenCheck
  /** A new refresh token. */
  beginSession(session: Omit<Session, 'startedAt'>): string
  session(refreshToken: string): Session | undefined
}

/** Clocks may differ so much: milliseconds. */
export const allowedSkew = 5 * 60_000

export function createTokenAuthority(tenantId: string, now: () => number): TokenAuthority {
  const { privateKey, publicKey } = generateKeyPairSync('rsa', { modulusLength: 2048 })
  const kid = randomBytes(20).toString('base64url')
  const sessions = new Map<string, Session>()
  const authority: TokenAuthority = {
    lifetime: 3599,
    validFrom: 0,
    jwks: { keys: [{ ...publicKey.export({ format: 'jwk' }), kid, use: 'sig', alg: 'RS256' }] },
    issue({ audience, appId, objectId, roles, scope, upn }) {
      const seconds = Math.floor(now() / 1000)
      const claims: Claims = {
        aud: audience,
        iss: `https://sts.windows.net/${tenantId}/`,
        tid: tenantId,
        appid: appId,
        oid: objectId,
        iat: seconds,
        nbf: seconds,
        exp: seconds + authority.lifetime,
        idtyp: upn === undefined ? 'app' : 'user',
        ...(roles && roles.length > 0 && { roles }),
        ...(scope !== undefined && { scp: scope }),
        ...(upn !== undefined && { upn }),
      }
      const body = `${encoded({ typ: 'JWT', alg: 'RS256', kid })}.${encoded(claims)}`
      return `${body}.${sign('sha256', Buffer.from(body), privateKey).toString('base64url')}`
    },
    check(token) {
      const claims = readJwt(token, publicKey)
      if (claims === undefined) return 'malformed'
      if (claims === 'signature') return 'signature'
      if (claims.exp * 1000 <= now()) return 'expired'
      if (claims.nbf * 1000 > now() + allowedSkew) return 'notYet'
      return claims.iat * 1000 < authority.validFrom - 999 ? 'revoked' : claims
    },
    beginSession(session) {
      const token = `0.A${randomBytes(96).toString('base64url')}`
      sessions.set(token, { ...session, startedAt: now() })
      return token
    },
    session: token => sessions.get(token),
  }
  return authority
}

const encoded = (value: object): string => Buffer.from(JSON.stringify(value)).toString('base64url')

function readJwt(token: string, key: KeyObject): Claims | 'signature' | undefined {
  const [head = '', body = '', signature = '', ...more] = token.split('.')
  if (head === '' || body === '' || signature === '' || more.length > 0) return undefined
  if (!verify('sha256', Buffer.from(`${head}.${body}`), key, Buffer.from(signature, 'base64url'))) return 'signature'
  // The signature vouches for its shape: only this authority writes such tokens.
  return JSON.parse(Buffer.from(body, 'base64url').toString()) as Claims
}

export const newUserCode = (): string => randomUUID().replaceAll('-', '').slice(0, 9).toUpperCase()
