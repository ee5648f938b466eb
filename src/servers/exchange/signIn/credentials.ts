import type { ExchangeSettings } from '../../../domain/connection.ts'
import { MailferryError } from '../../../domain/errors.ts'
import type { Secret } from '../../secretSource.ts'
import { type SecretUse, secretUse } from '../../signInGuard.ts'

/** Who signs in, and with what. Lives in memory only, as long as the run that asked for it. */
export type Credentials =
  | { readonly method: 'basic' | 'ntlm'; readonly user: string; readonly password: string }
  | { readonly method: 'bearer'; readonly user: string; readonly token: string }

/** Joins how a connection signs in with its secret. Throws `secret.missing` where the secret is of another kind. */
export function credentialsFor({ user, method }: ExchangeSettings['admin'], secret: Secret, connection: string): Credentials {
  if (method === 'bearer' && 'token' in secret) return { method, user, token: secret.token }
  if (method !== 'bearer' && 'password' in secret) return { method, user, password: secret.password }
  throw new MailferryError('secret.missing', { connection })
}

/** What must never appear in a text made from a server's answer. */
export const secretsOf = (credentials: Credentials): readonly string[] =>
  credentials.method === 'bearer' ? [credentials.token] : [credentials.password, `${credentials.user}:${credentials.password}`]

export const useOf = (credentials: Credentials): SecretUse =>
  secretUse(credentials.user, credentials.method === 'bearer' ? 'bearer' : 'password', secretsOf(credentials))
