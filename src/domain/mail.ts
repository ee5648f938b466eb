/** Where a folder belongs in any language; IMAP's SPECIAL-USE (RFC 6154) and Exchange's distinguished folders. */
export type FolderRole = 'inbox' | 'sent' | 'drafts' | 'deleted' | 'junk' | 'archive' | 'calendar' | 'contacts' | 'tasks' | 'notes'

/** How a message's content is given: the bytes of RFC 5322, or Exchange's opaque FastTransfer stream. */
export type ContentFormat = 'rfc822' | 'fts'

/** An item's key within one folder of one incarnation: IMAP's UID, Exchange's and Graph's item id. */
export type ItemKey = number | string

/** What is known of an item without reading its content. */
export interface ItemInfo {
  readonly key: ItemKey
  /** Bytes, as the server tells; exact where the session's traits say so. */
  readonly size: number
  /** When the server received it: milliseconds since the epoch. */
  readonly received: number
  /** System flags (`\Seen`) and keywords (`$Forwarded`), sorted, without `\Recent`. */
  readonly flags: readonly string[]
}
