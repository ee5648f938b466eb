/**
 * Where a folder belongs in any language; IMAP's SPECIAL-USE (RFC 6154) and Exchange's distinguished folders. `archive` is the folder that people put mail aside in with one click;
 * `archiveMailbox` is what an archive's folders lie below, the second store that a mailbox of Exchange can have.
 */
export type FolderRole =
  | 'inbox'
  | 'sent'
  | 'drafts'
  | 'deleted'
  | 'junk'
  | 'archive'
  | 'archiveMailbox'
  | 'calendar'
  | 'contacts'
  | 'tasks'
  | 'notes'

/**
 * How a message's content is given: the bytes of RFC 5322, or one of two opaque streams that hold an item completely: what Exchange exports (`fts`, FastTransfer) and what
 * Office 365 exports (`mailboxItem`, named for its resource in Microsoft Graph). Both are called FastTransfer; that one server takes what the other gave is documented by nobody.
 */
export type ContentFormat = 'rfc822' | 'fts' | 'mailboxItem'

/** Whether a format holds items of every class completely. */
export const isComplete = (format: ContentFormat): boolean => format !== 'rfc822'

/** An item's key within one folder of one incarnation: IMAP's UID, Exchange's and Graph's item id. */
export type ItemKey = number | string

/** What is known of an item without reading its content. */
export interface ItemInfo {
  readonly key: ItemKey
  /** Bytes, as the server tells; exact where the session's traits say so. */
  readonly size: number
  /** When the server received it: milliseconds since the epoch. */
  readonly received: number
  /** It was never received (a contact, a note): `received` is when this copy of it was made, and every copy's is another. */
  readonly undated?: true
  /**
   * What people change of an item, sorted, in IMAP's terms: system flags (`\Seen`, `\Answered`, `\Flagged`, `\Draft`; without `\Recent`) and keywords.
   * Exchange's categories are keywords under their own names, a completed follow-up is `$Completed`, a forwarded message `$Forwarded`.
   */
  readonly flags: readonly string[]
  /** Changes whenever the server's item does (Exchange: ChangeKey). Absent where content never changes (IMAP). */
  readonly version?: string
}

/** What a message is beside its bytes and flags, where its format doesn't hold it. */
export interface ItemDetails {
  /** Exchange's message class, such as `IPM.Note`. */
  readonly itemClass?: string
  /** Milliseconds since the epoch. */
  readonly sent?: number
  readonly importance?: 'low' | 'normal' | 'high'
  /** Milliseconds since the epoch; the state itself is in the flags. */
  readonly followUp?: { readonly start?: number; readonly due?: number; readonly completed?: number }
}

/**
 * What a written item can't have of its original: `meeting`, it was an invitation and is mail with the invitation attached; `report`, it was a report on a
 * delivery and is mail with the same text and files.
 */
export type Loss = 'meeting' | 'report'

/** Container classes of folders that hold no mail at all, whatever their name. */
const noMail = /^IPF\.(Appointment|Contact|Task|StickyNote|Journal)(\.|$)/i

/** Whether a folder's items can be carried in one of these formats: what it holds as in `Folder`. Of other classes each item tells for itself. */
export const holdsCarried = (
  formats: readonly ContentFormat[],
  { containerClass, onlyWhole = false }: { readonly containerClass?: string | undefined; readonly onlyWhole?: boolean },
): boolean => formats.some(isComplete) || !(onlyWhole || (containerClass !== undefined && noMail.test(containerClass)))

/**
 * Whether a format can hold items of a message class. MIME holds mail: notes, posts and reports; meetings, contacts, tasks and notes need a format of
 * their server's own ("MIME cannot import meetings", Exchange's documentation of exporting items).
 */
export const carries = (format: ContentFormat, itemClass: string): boolean =>
  isComplete(format) || /^(IPM\.Note|IPM\.Post|REPORT)(\.|$)/i.test(itemClass)
