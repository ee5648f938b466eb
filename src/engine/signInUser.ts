import type { ConnectionSettings } from '../domain/connection.ts'
import type { MailferryError } from '../domain/errors.ts'

/** The account that acts for everybody, an application by its client id; nothing where each mailbox has its own sign-in. */
export const adminUser = (settings: ConnectionSettings): string | undefined => {
  if (settings.kind === 'exchange') return settings.admin.user
  if (settings.kind === 'office365' && settings.signIn.method === 'application') return settings.signIn.clientId
  return settings.signIn.method === 'admin' ? settings.signIn.user : undefined
}

/** Whose secret a refusal is about: the admin's, or the login that the server's answer named. */
export const signInUser = (settings: ConnectionSettings, refusal: MailferryError): string =>
  adminUser(settings) ?? ('user' in refusal.params ? refusal.params.user : '')
