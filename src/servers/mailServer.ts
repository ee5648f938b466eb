import type { ByteBudget } from '../domain/byteBudget.ts'
import type { Recorded } from '../domain/connection.ts'
import type { MailferryError } from '../domain/errors.ts'
import type { Fingerprint } from '../domain/fingerprint.ts'
import type { ContentFormat, FolderRole, ItemDetails, ItemInfo, ItemKey, Loss } from '../domain/mail.ts'
import type { Mailbox } from '../domain/pair.ts'
import type { ReadinessFinding } from '../domain/readiness.ts'
import type { Observed } from '../domain/staleness.ts'

/** The port every server implements. Operations return or throw a MailferryError; nothing answers `false`. */
export interface MailServer extends AsyncDisposable {
  /**
   * The checks of *Configuration*, in order, each as it is known; ends with what was learned, or nothing where a needed check failed.
   * `mailbox`: whose to try it on, where one account acts for everybody.
   */
  verify(signal: AbortSignal, mailbox?: string): AsyncGenerator<Check, Omit<Recorded, 'at'> | undefined>
  /** The mailboxes the server can list, in pages; a server that can't list any gives an empty listing. */
  mailboxes(signal: AbortSignal): AsyncIterable<readonly Mailbox[]>
  /** Mailboxes whose name or address begins so, for a person who picks one; nothing where the server can't be asked. */
  search?(text: string, signal: AbortSignal): Promise<readonly Mailbox[]>
  /** Today's mailbox of an immutable id, and its addresses. A server without such ids (IMAP) answers the mailbox as it is known. */
  resolve(mailbox: Mailbox, signal: AbortSignal): Promise<Resolution>
  /**
   * What a check of the connection finds, without doing harm: at most one sign-in, only at the address that was recorded; discovery is unauthenticated.
   * Never throws what `Observed` can say.
   */
  observe(recorded: Recorded | undefined, signal: AbortSignal): Promise<Omit<Observed, 'at'>>
  /** What speaks for or against moving mail into a mailbox today, looked at without opening it; absent where the server can't be asked. */
  readiness?(mailbox: Mailbox, signal: AbortSignal): Promise<readonly ReadinessFinding[]>
  /** Opens one mailbox. The session's requests end with `signal`. */
  open(mailbox: Mailbox, options: OpenOptions): Promise<MailSession>
}

export interface OpenOptions {
  readonly signal: AbortSignal
  /** Upper bound of this session's connections; it may use fewer, and adapts to refusals. */
  readonly connections: number
  /** Requests of this session at once, where they go over whatever connections there are. Absent: as many as connections. */
  readonly requests?: number
  /** Bytes of content that all sessions of the job may have asked for and not handed on; a server that streams item by item needs none. */
  readonly reading?: ByteBudget
  /** Bytes that all readings of the session may ask for before they are used; a server that reads item by item needs none. */
  readonly readAhead?: number
  /** The mailbox's archive, where it has one, is one more tree of its folders, below one of the role `archiveMailbox`. Absent: it isn't looked at. */
  readonly archives?: boolean
  /** Told when the server asks for patience, so that the throttle of the whole job hears of it. */
  readonly onBusy?: (retryAfterMs: number | undefined) => void
  /** Told of bytes before they are written to the network; holds them back where a limit asks for it. */
  readonly meter?: Meter
}

/** Waits where a rate limit asks for it. */
export interface Meter {
  took(bytes: number): Promise<void> | undefined
}

export type Resolution =
  | { readonly found: 'one'; readonly mailbox: Mailbox }
  | { readonly found: 'none' }
  | { readonly found: 'many'; readonly addresses: readonly string[] }

export type CheckName =
  | 'address'
  | 'discovery'
  | 'tls'
  | 'signIn'
  | 'version'
  | 'organisation'
  | 'actAs'
  | 'folders'
  | 'listMailboxes'
  | 'acceptedDomains'
  | 'transfer'
  | 'extensions'
  | 'quota'
  | 'permissions'
  | 'expiry'
  | 'ews'

export interface Check {
  readonly name: CheckName
  readonly state: 'passed' | 'failed' | 'skipped'
  /** What was found, in a few words a person can use. */
  readonly detail: string
  readonly error?: MailferryError
}

/** What differs between servers and matters to the callers: data, so that nobody asks for a kind. */
export interface SessionTraits {
  /** Formats this side reads and writes, best first. */
  readonly formats: readonly ContentFormat[]
  /** Formats it may take although nobody documents that it does; written only where the job's person asked for it. Absent: none. */
  readonly unproven?: readonly ContentFormat[]
  /** Whether `size` is exactly the number of bytes of the content. */
  readonly exactSizes: boolean
  /** What was written comes back byte for byte (IMAP). Exchange composes a message anew from its properties. */
  readonly keepsBytes: boolean
  /** Formats in which a written item carries the marker from its creation on; written items of other formats get it by `stamp`. */
  readonly marks: readonly ContentFormat[]
  /**
   * Formats in which `replace` puts content into the item itself, so that doing it once more does no harm; items of others are copied anew beside the old ones.
   * Absent: none.
   */
  readonly replaces?: readonly ContentFormat[]
  /** Largest item that can be written, in bytes (APPENDLIMIT), where it is known. */
  readonly maxItemSize?: number
  /** Keys stay the same when an item moves between folders (EMAILID gives this; UIDs don't). */
  readonly stableAcrossMoves: boolean
  /** `find` tells a moved item from its folder's `next` on, as one that came then (IMAP's UIDs). Absent: it keeps the time of its making, which may be long ago. */
  readonly movesAsNew?: true
  /** Names that differ in case only are the same folder (Exchange). Absent: they are two. */
  readonly foldsCase?: boolean
  /** A write answers with the new keys at once (UIDPLUS); else they are found afterwards. */
  readonly writesAnswerKeys: boolean
  /** A key names its item in whatever folder it is: `infos` and `stamp` may be asked of items of several folders at once. Absent: only of one folder's. */
  readonly keysOfMailbox?: true
  /** Bytes of content that go best with one request, where that is more than hides a round trip: servers that count requests. */
  readonly batchBytes?: number
}

export interface Folder {
  /** The server's own handle (IMAP: the mailbox name as on the wire, decoded to Unicode). */
  readonly id: string
  /** Names from the root, namespace prefix left out; the inbox is always `['INBOX']`. */
  readonly path: readonly string[]
  readonly role?: FolderRole
  /** Exchange's container class (`IPF.Appointment`); absent for mail. */
  readonly containerClass?: string
  /** False for folders that only hold other folders. */
  readonly selectable: boolean
  /** Its items come and go only in formats that hold them completely. */
  readonly onlyWhole?: boolean
  /** Items can be moved only between folders that say the same here, or both nothing; a folder that says its own id takes and gives none. */
  readonly movesAmong?: string
  readonly subscribed: boolean
  readonly count: number
  /** Item keys are only comparable while this stays the same (IMAP: UIDVALIDITY). */
  readonly validity: string
  /** Equal to an earlier one: nothing in the folder changed since. Absent where the server can't tell. */
  readonly version?: string
  /** Why neither it nor anything below it can be looked at today, while the rest of the mailbox is open (an archive of which only this is known). */
  readonly closed?: MailferryError
  /** Where the next item will land, to be recorded with intents (IMAP: UIDNEXT; Exchange: the server's time in milliseconds since the epoch, some slack taken off). */
  readonly next?: number
}

/** Where a folder's reading stood; made and understood by the server's code alone. JSON text. */
export type Checkpoint = string

export interface FolderChanges {
  /** New items since the checkpoint, or all of them without one. */
  readonly items: readonly ItemInfo[]
  /** Items known at the checkpoint whose flags may differ now. */
  readonly flags: readonly { readonly key: ItemKey; readonly flags: readonly string[]; readonly version?: string }[]
  /** Known items whose content may be another now: an edited draft, a moved appointment. */
  readonly changed?: readonly ItemInfo[]
  /** Items the server says are gone. Complete only in the last part. */
  readonly vanished: readonly ItemKey[]
  /** Set when the checkpoint was lost or refused and everything was compared instead: nothing may be deleted because of it. */
  readonly compared?: true
}

export interface ScanOptions {
  /** The checkpoint of the last complete scan, and which keys were known then (ascending), for servers that can't tell what vanished. */
  readonly since?: { readonly checkpoint: Checkpoint; readonly known: readonly ItemKey[] }
  readonly signal: AbortSignal
}

/** The bytes of one item: held whole when small, streamed when large. `size` is exact and known beforehand in both. */
export type Content = { readonly size: number; readonly chunks: readonly Buffer[] } | StreamedContent

/** Whoever goes through the stream once more has it read anew: the same number of bytes, and from a server that composes messages perhaps not the same ones. */
export interface StreamedContent {
  readonly size: number
  readonly stream: AsyncIterable<Buffer>
}

export type ReadItem =
  | { readonly key: ItemKey; readonly format: ContentFormat; readonly content: Content; readonly details?: ItemDetails }
  | { readonly key: ItemKey; readonly gone: true }
  | { readonly key: ItemKey; readonly error: MailferryError }

export interface ReadOptions {
  readonly signal: AbortSignal
  readonly format: ContentFormat
  /** A batch is given out when it has this many items or bytes; an item larger than `streamAbove` comes alone, as a stream. */
  readonly batch: { readonly items: number; readonly bytes: number; readonly streamAbove: number }
  /** Bytes of each item as a scan told them, so that requests are cut to fit; without it the server is asked first. */
  readonly sizeOf?: (key: ItemKey) => number | undefined
}

export interface OutgoingItem {
  readonly info: ItemInfo
  readonly format: ContentFormat
  readonly content: Content
  readonly details?: ItemDetails
  /** Hash of organisation, mailbox id and source key, by which our own items are known again; kept where the server can keep it. */
  readonly marker?: string
}

/** An item as `find` tells of it, with our marker where it carries one. */
export interface FoundItem extends ItemInfo {
  readonly marker?: string
}

/** What became of one item of a batch; `unknown` when the connection broke before the answer, to be looked for with `find`. */
export type WriteResult =
  | {
      readonly state: 'written'
      readonly key?: ItemKey
      /** Where the target could not take all flags as they are: those it took. */
      readonly flags?: readonly string[]
      /** The new item's, where content can change. */
      readonly version?: string
      /** What it can't have of its original. */
      readonly losses?: readonly Loss[]
    }
  | { readonly state: 'refused'; readonly error: MailferryError }
  | { readonly state: 'unknown'; readonly error: MailferryError }

export interface WriteOptions {
  readonly signal: AbortSignal
  /** Monotonic milliseconds (`performance.now()`): no byte is sent after it, since somebody else may own the pair then. */
  readonly deadline: () => number
}

/** What an item of ours is on the target after something was done to it. */
export interface Placed {
  /** Its key now; absent where the server doesn't tell. */
  readonly key?: ItemKey
  /** Where the target could not take all flags as they are: those it took. */
  readonly flags?: readonly string[]
  /** The item's version now, where content can change. */
  readonly version?: string
}

export interface NewFolder {
  readonly path: readonly string[]
  readonly role?: FolderRole
  readonly containerClass?: string
  readonly subscribe: boolean
}

export interface FlagsToSet {
  readonly key: ItemKey
  readonly flags: readonly string[]
  /** Only where the item still has exactly these. */
  readonly expected?: readonly string[]
}

/** One open mailbox. Requests on different folders run side by side as far as the connections allow. */
export interface MailSession extends AsyncDisposable {
  readonly traits: SessionTraits
  /** Which store this mailbox is today: changes when it is deleted and created anew. */
  incarnation(): Promise<string>
  /** Whose mailbox this is, with its immutable id; nothing where the server knows none (IMAP). */
  identity(): Promise<Mailbox | undefined>
  folders(): Promise<readonly Folder[]>
  /** What more can be learnt of what ended a run; the error itself where that is nothing, or it is about something else. */
  explain?(error: MailferryError): Promise<MailferryError>
  /** Bytes that still fit into the mailbox (IMAP: QUOTA); nothing where the server doesn't tell. */
  room?(signal: AbortSignal): Promise<number | undefined>
  /** Changes of a folder in parts, in any order; returns the checkpoint to give next time. Throws `folder.gone` where it went. */
  scan(folder: Folder, options: ScanOptions): AsyncGenerator<FolderChanges, Checkpoint>
  /** Reads items in batches, in the order of `keys`. */
  read(folder: Folder, keys: readonly ItemKey[], options: ReadOptions): AsyncIterable<readonly ReadItem[]>
  /** SHA-256 of each item's bytes; items that are gone are left out. */
  digests(folder: Folder, keys: readonly ItemKey[], signal: AbortSignal): Promise<Map<ItemKey, Buffer>>
  /** Fingerprints for matching what another tool or run put there; items that are gone are left out. */
  fingerprints(folder: Folder, keys: readonly ItemKey[], signal: AbortSignal): Promise<Map<ItemKey, Fingerprint>>
  /** Finds or creates folders, parents first, pipelined; answers in order, each a folder or why not. Names the server can't take are mapped reversibly. */
  ensureFolders(wanted: readonly NewFolder[], signal: AbortSignal): Promise<readonly (Folder | MailferryError)[]>
  /** Writes a batch as one unit where the server can. Answers one result for each item, in order. */
  write(folder: Folder, items: readonly OutgoingItem[], options: WriteOptions): Promise<readonly WriteResult[]>
  /** Gives items that were written in a format without one their marker, once more does no harm; answers what they are since, without those that are gone. */
  stamp?(
    folder: Folder,
    items: readonly { readonly key: ItemKey; readonly marker: string }[],
    options: WriteOptions,
  ): Promise<Map<ItemKey, Placed>>
  /** Puts new content into items of ours, which keep their keys or get new ones. One result for each item, in order; only where content can change. */
  replace?(
    folder: Folder,
    items: readonly (OutgoingItem & { readonly key: ItemKey })[],
    options: WriteOptions,
  ): Promise<readonly WriteResult[]>
  /** The items at or after `next` (IMAP: UIDs ≥ it; Exchange: created then or later), for resolving intents. */
  find(folder: Folder, next: number | undefined, signal: AbortSignal): AsyncIterable<readonly FoundItem[]>
  /** What the server knows of these items now; those that are gone are left out. */
  infos(folder: Folder, keys: readonly ItemKey[], signal: AbortSignal): Promise<Map<ItemKey, ItemInfo>>
  /** Sets flags to exactly these; keys that are gone, or have other flags than expected, are ignored and left out of the answer. */
  setFlags(folder: Folder, changes: readonly FlagsToSet[], options: WriteOptions): Promise<Map<ItemKey, Placed>>
  /** Moves items; answers for each old key what the item is in its new place, without those that are gone. */
  move(folder: Folder, keys: readonly ItemKey[], to: Folder, options: WriteOptions): Promise<Map<ItemKey, Placed>>
  /** Deletes items: to the deleted-items folder where there is one, else for good only those named. */
  remove(folder: Folder, keys: readonly ItemKey[], options: WriteOptions): Promise<Set<ItemKey>>
}
