import type { Kind } from './connection.ts'

/** What belongs to a mailbox beside its folders, and no migration looks at. */
export type NotExamined = 'archive' | 'recoverableItems' | 'rules' | 'delegates' | 'permissions' | 'forwarding' | 'accessLists' | 'sieve'

/**
 * By the source's kind; archives only where the job leaves them out. None of the servers tells all of the rest to somebody who acts
 * for others.
 */
export const notExamined = (kind: Kind, { archives }: { readonly archives?: boolean } = {}): readonly NotExamined[] =>
  beside[kind].filter(what => what !== 'archive' || archives !== true)

const beside: Readonly<Record<Kind, readonly NotExamined[]>> = {
  exchange: ['archive', 'recoverableItems', 'rules', 'delegates', 'permissions', 'forwarding'],
  office365: ['archive', 'recoverableItems', 'rules', 'delegates', 'permissions', 'forwarding'],
  imap: ['accessLists', 'sieve'],
}
