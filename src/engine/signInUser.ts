import type { ExchangeSettings, ImapSettings } from '../domain/connection.ts'
import type { MailferryError } from '../domain/errors.ts'

/** The account that acts for everybody; nothing where each mailbox has its own sign-in. */
export const adminUser = (settings: ImapSettings | ExchangeSettings): string | undefined => {
  if (settings.kind === 'exchange') return settings.admin.user
  return settings.signIn.method === 'admin' ? settings.signIn.user : undefined
}

/** Whose secret a refusal is about: the admin's, or the login that the server's answer named. */
export const signInUser = (settings: ImapSettings | ExchangeSettings, refusal: MailferryError): string =>
  adminUser(settings) ?? ('user' in refusal.params ? refusal.params.user : '')
