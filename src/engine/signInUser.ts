import type { ImapSignIn } from '../domain/connection.ts'
import type { MailferryError } from '../domain/errors.ts'

/** Whose secret a refusal is about: the admin's, or the login that the server's answer named. */
export const signInUser = (signIn: ImapSignIn, refusal: MailferryError): string => {
  if (signIn.method === 'admin') return signIn.user
  return 'user' in refusal.params ? refusal.params.user : ''
}
