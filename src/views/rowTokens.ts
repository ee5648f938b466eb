/**
 * What a row's `contextValue` is made of. Menus ask for these words and for nothing else, so that a menu shows only what works on the row;
 * what can be done to a thing in some state is decided where its row is made.
 */
export const rowTokens = [
  'sources',
  'targets',
  'connection',
  /** Its server or admin account may be changed while jobs use it. */
  'reconfigurable',
  'stale',
  'credentialsNeeded',
  /** Its application may renew the certificate that it signs in by. */
  'renewable',
  /** A job under a connection that it uses. */
  'use',
  'job',
  /** Has mailboxes, and something of it isn't on its way yet. */
  'startable',
  'stoppable',
  /** Ran before, so that there is something to do again, to verify and to tell. */
  'ran',
  'pair',
  'deletionsHeld',
  /** Waits for a person's word on a mailbox that was deleted and made anew. */
  'replaced',
  'problem',
] as const

export type RowToken = (typeof rowTokens)[number]

/** Blanks around each word let a menu ask for a whole one. */
export const contextValueOf = (tokens: readonly RowToken[]): string => ` ${tokens.join(' ')} `
