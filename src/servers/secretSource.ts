/**
 * What opens a mailbox: a password (or an application's secret) or an OAuth 2.0 token, with the login name where it isn't the mailbox's address; or a
 * certificate with its private key, in PEM.
 */
export type Secret =
  | { readonly user?: string; readonly password: string }
  | { readonly user?: string; readonly token: string }
  | { readonly user?: string; readonly pem: string }

/** Gives secrets late, when a run needs them; whoever implements it keeps them in memory only. */
export interface SecretSource {
  /** The secret for one mailbox, or the admin's where the connection has one for everybody. Throws `secret.missing`, `secret.source`. */
  secretFor(mailbox?: string): Promise<Secret>
  /** The mailboxes there are sign-ins for, in their file's order; absent where there is one sign-in for everybody. */
  mailboxes?(): Promise<readonly string[]>
}
