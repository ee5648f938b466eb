import { createHash } from 'node:crypto'
import { canonicalHeaders, type Fingerprint, looseIdentity } from '../../domain/fingerprint.ts'

/** Whether headers that an item was received with can tell it from others. */
export const hasMessageId = (head: string): boolean => /^message-id:/im.test(head)

/** By a message's headers, one character for each byte. `received`: milliseconds since the epoch. */
export function fingerprintOfHead(head: string, received: number): Fingerprint {
  // An empty line before the first header would end them before they begin.
  const headers = head.replace(/^\s+/, '')
  const loose = looseIdentity(headers)
  return { exact: sha256(canonicalHeaders(headers, received), 'latin1'), ...(loose !== undefined && { loose: sha256(loose, 'utf8') }) }
}

export interface ItemIdentity {
  readonly itemClass: string
  /** Base64. */
  readonly globalObjectId: string | undefined
  /** Base64. */
  readonly searchKey: string | undefined
  /** Milliseconds since the epoch. */
  readonly sent: number | undefined
  readonly subject: string | undefined
}

/**
 * What a copy of an item without headers has in common with it: its class, the appointment's id that all attendees share, else the search key that
 * copies keep ([MS-OXCPRPT] 2.2.1.9), and what it is called.
 */
export function fingerprintOfProperties({ itemClass, globalObjectId, searchKey, sent, subject }: ItemIdentity): Fingerprint {
  const id = globalObjectId === undefined ? `search:${searchKey ?? ''}` : `object:${globalObjectId}`
  return { exact: sha256([itemClass.toLowerCase(), id, sent ?? '', (subject ?? '').normalize('NFC')].join('\n'), 'utf8') }
}

const sha256 = (text: string, encoding: 'latin1' | 'utf8'): string => createHash('sha256').update(text, encoding).digest('hex')
