import type { ImapSignIn } from '../../domain/connection.ts'
import { MailferryError } from '../../domain/errors.ts'
import type { Secret } from '../secretSource.ts'
import { type SecretUse, secretUse } from '../signInGuard.ts'

/** Who signs in, with what, and for whom. Lives in memory only, as long as the run that asked for it. */
export type Credentials =
  | { readonly method: 'password'; readonly user: string; readonly password: string }
  /** An admin acting for a mailbox: by SASL PLAIN's authorization id (RFC 4616), or by a login such as Dovecot's `user*master`. */
  | {
      readonly method: 'admin'
      readonly admin: string
      readonly mailbox: string
      readonly password: string
      readonly actAs: { readonly by: 'authzid' } | { readonly by: 'separator'; readonly separator: string }
    }
  /** An OAuth 2.0 access token by XOAUTH2 or OAUTHBEARER (RFC 7628). */
  | { readonly method: 'token'; readonly user: string; readonly token: string; readonly mechanism?: 'XOAUTH2' | 'OAUTHBEARER' }

/**
 * Joins how a connection signs in with the secret for one mailbox. Without a mailbox it is the sign-in the secret is for; an admin's
 * needs one, for many a master user has no mailbox of its own. Throws `secret.missing`.
 */
export function credentialsFor(signIn: ImapSignIn, secret: Secret, mailbox: string | undefined, connection: string): Credentials {
  const missing = () => new MailferryError('secret.missing', { connection, ...(mailbox !== undefined && { mailbox }) })
  if (signIn.method === 'token') {
    const user = secret.user ?? mailbox
    if (!('token' in secret) || user === undefined) throw missing()
    return { method: 'token', user, token: secret.token, ...(signIn.mechanism && { mechanism: signIn.mechanism }) }
  }
  if (!('password' in secret)) throw missing()
  const { password } = secret
  if (signIn.method === 'mailbox') {
    const user = secret.user ?? mailbox
    if (user === undefined) throw missing()
    return { method: 'password', user, password }
  }
  if (mailbox === undefined) throw missing()
  if (mailbox === signIn.user) return { method: 'password', user: signIn.user, password }
  const actAs = signIn.actAs === 'authzid' ? { by: 'authzid' as const } : { by: 'separator' as const, separator: signIn.separator }
  return { method: 'admin', admin: signIn.user, mailbox, password, actAs }
}

/** The login name as the server sees it. */
export function loginOf(credentials: Credentials): string {
  if (credentials.method !== 'admin') return credentials.user
  const { admin, mailbox, actAs } = credentials
  return actAs.by === 'authzid' ? admin : `${mailbox}${actAs.separator}${admin}`
}

/** What must never appear in a text made from a server's answer. */
export const secretsOf = (credentials: Credentials): readonly string[] => [
  credentials.method === 'token' ? credentials.token : credentials.password,
]

/** Whose secret is used: an admin has one for all mailboxes. */
export const useOf = (credentials: Credentials): SecretUse =>
  secretUse(credentials.method === 'admin' ? credentials.admin : loginOf(credentials), credentials.method, secretsOf(credentials))
