export type IncarnationVerdict = 'same' | 'replaced' | 'unknown'

export interface IncarnationEvidence {
  /** What the pair's first run recorded; absent before it. */
  readonly stored: string | undefined
  /** What the server says today; absent where it can't tell. */
  readonly found: string | undefined
  /** Folders the ledger knows beside the one the incarnation is taken from: their validity then and now (absent: the folder is gone). */
  readonly folders?: readonly { readonly stored: string; readonly found: string | undefined }[]
  /** Of some items the ledger knows, how many were looked for again by content and how many found. */
  readonly sample?: { readonly sought: number; readonly found: number }
}

/**
 * Whether a mailbox is still the store that the pair began with.
 *
 * Another incarnation alone proves little on IMAP: a server that lost or rebuilt its index gives INBOX a new UIDVALIDITY over the same mails
 * (RFC 9051 section 2.3.1.1). So one other folder that kept its validity, or most of a sample found again, says *same*, and matching
 * sorts out the rest. Nothing of that means it was *replaced*: a person has to decide.
 * `unknown`: there is nothing to compare.
 */
export const compareIncarnation = ({ stored, found, folders = [], sample }: IncarnationEvidence): IncarnationVerdict => {
  if (stored === undefined || found === undefined) return 'unknown'
  if (stored === found) return 'same'
  if (folders.some(folder => folder.found === folder.stored)) return 'same'
  if (sample !== undefined && sample.sought > 0 && sample.found * 2 > sample.sought) return 'same'
  return 'replaced'
}
