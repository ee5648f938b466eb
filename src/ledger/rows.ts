import type { PairId } from '../domain/ids.ts'
import type { ContentFormat, FolderRole, ItemInfo, ItemKey } from '../domain/mail.ts'
import type { Pair, StoredError } from '../domain/pair.ts'

/** A pair with what only the ledger knows of it. */
export interface PairRow extends Pair {
  /** The folder being worked on, its path joined by `/`. */
  readonly folder?: string
  /** Which stores the two mailboxes were when the pair last ran. */
  readonly sourceIncarnation?: string
  readonly targetIncarnation?: string
  /** After a reset by *adopt*: until the next complete run, what lies in the target is matched before anything is written. */
  readonly adopt: boolean
}

/**
 * `intended`: about to be written, or its answer never came. `done`: we wrote it. `adopted`: found there already.
 * `failed`, `filtered`: not migrated, the row says why; both are tried again by every delta.
 * `orphaned`: gone from the source, kept on the target. `removed`: deleted on the target because the source deleted it.
 */
export type ItemState = 'intended' | 'done' | 'adopted' | 'failed' | 'filtered' | 'orphaned' | 'removed'

export type FilterReason = 'tooOld' | 'tooNew' | 'tooLarge' | 'flaggedDeleted' | 'folderExcluded' | 'folderNotCarried'

/** One source folder of a pair and where it goes. `id` is the ledger's own integer, unique in the ledger. */
export interface FolderRow {
  readonly id: number
  readonly pair: PairId
  readonly sourceId: string
  readonly sourcePath: readonly string[]
  readonly sourceValidity: string
  readonly role?: FolderRole
  /** Absent while the folder has not been made, or can't be. */
  readonly targetId?: string
  readonly targetPath?: readonly string[]
  readonly targetValidity?: string
  /** Of the last scan that was worked off completely. */
  readonly checkpoint?: string
  /** Source folder's version at that checkpoint. */
  readonly version?: string
  /** Where the target folder's next item would have landed when the oldest open intent was recorded; present exactly while intents are open. */
  readonly intentNext?: number
  /** Why the whole folder isn't migrated. */
  readonly excluded?: FilterReason
  readonly error?: StoredError
}

export interface ItemRow extends ItemInfo {
  readonly folder: number
  readonly state: ItemState
  readonly targetKey?: ItemKey
  /** The flags as the target took them, where it could not take all of `flags`. */
  readonly targetFlags?: readonly string[]
  readonly digest?: Buffer
  readonly reason?: FilterReason
  readonly error?: StoredError
  readonly attempts: number
  /** Read back from the target once, and found to be what was written. */
  readonly verified: boolean
  /** The target item's when we last wrote it: another one today means that somebody changed it since. Absent where content can't change. */
  readonly targetVersion?: string
  /** What it was carried as; of a written item. */
  readonly format: ContentFormat
  /** Written, and still to be given its marker. */
  readonly unmarked: boolean
}

/** A change of a running pair's rows; every commit of them is fenced by the pair's epoch. */
export type Change =
  /**
   * Makes rows `intended`, new ones or ones that failed, were filtered or retracted. `next` becomes the folder's `intentNext` unless it has one; `anywhere`: they may
   * turn up anywhere in the folder, so it gets none.
   */
  | {
      readonly kind: 'intend'
      readonly folder: number
      readonly items: readonly ItemInfo[]
      readonly next: number | undefined | 'anywhere'
    }
  | { readonly kind: 'done'; readonly folder: number; readonly items: readonly DoneItem[] }
  /** Not written after all: rows that were never tried before disappear, to be planned again. */
  | { readonly kind: 'retract'; readonly folder: number; readonly keys: readonly ItemKey[] }
  /** Rows whatever their state disappear: items that failed or were filtered out and are gone from the source now. */
  | { readonly kind: 'forget'; readonly folder: number; readonly keys: readonly ItemKey[] }
  | { readonly kind: 'adopt'; readonly folder: number; readonly items: readonly (ItemInfo & { readonly targetKey: ItemKey })[] }
  | { readonly kind: 'fail'; readonly folder: number; readonly items: readonly (ItemInfo & { readonly error: StoredError })[] }
  | { readonly kind: 'filter'; readonly folder: number; readonly items: readonly (ItemInfo & { readonly reason: FilterReason })[] }
  | {
      readonly kind: 'flags'
      readonly folder: number
      readonly items: readonly {
        readonly key: ItemKey
        readonly flags: readonly string[]
        /** The source item's; absent: as it was. */
        readonly version?: string
        readonly targetFlags?: readonly string[]
        readonly targetVersion?: string
      }[]
    }
  /** The item's new content was carried over; where the target told no key it has the old one. */
  | {
      readonly kind: 'replaced'
      readonly folder: number
      readonly items: readonly (ItemInfo & Pick<ItemRow, 'targetKey' | 'targetFlags' | 'targetVersion' | 'format' | 'unmarked'>)[]
    }
  /** New content is about to be put into these: until it is known what became of it, the target's version says nothing. */
  | { readonly kind: 'replacing'; readonly folder: number; readonly keys: readonly ItemKey[] }
  /** Changed in the source as of `version`, and not changed on the target: the row says why. */
  | {
      readonly kind: 'kept'
      readonly folder: number
      readonly items: readonly { readonly key: ItemKey; readonly version: string | undefined; readonly error: StoredError }[]
    }
  /** Items got their marker. */
  | {
      readonly kind: 'marked'
      readonly folder: number
      readonly items: readonly { readonly key: ItemKey; readonly targetVersion?: string }[]
    }
  /** The same item under a new source key, in the same or another folder, with its new target key. */
  | {
      readonly kind: 'move'
      readonly from: number
      readonly to: number
      readonly items: readonly {
        readonly key: ItemKey
        readonly newKey: ItemKey
        readonly newTargetKey: ItemKey | undefined
        readonly flags: readonly string[]
        readonly targetFlags?: readonly string[]
        readonly version?: string
        readonly targetVersion?: string
      }[]
    }
  /** After the folder's UIDVALIDITY changed: rows named get their new keys, all at once; the others disappear, for their items are gone. */
  | {
      readonly kind: 'rekey'
      readonly folder: number
      readonly sourceValidity: string
      readonly items: readonly { readonly key: ItemKey; readonly newKey: ItemKey }[]
    }
  /** The items' keys on the target after the target folder's UIDVALIDITY changed; absent where a person took the item away. */
  | {
      readonly kind: 'retarget'
      readonly folder: number
      readonly targetValidity: string
      readonly items: readonly { readonly key: ItemKey; readonly targetKey: ItemKey | undefined }[]
    }
  | { readonly kind: 'gone'; readonly folder: number; readonly keys: readonly ItemKey[]; readonly state: 'orphaned' | 'removed' }
  /**
   * Written items are about to be removed by a reset. Until that is over nobody knows which of them are still there, so they are intents, and the folder is to be
   * listed anew: a run in between finds them, or copies them again.
   */
  | { readonly kind: 'removing'; readonly folder: number; readonly keys: readonly ItemKey[] }
  /** Orphaned rows whose items are back in the source under the same keys, and whose copies are still there: they are what they were before. */
  | { readonly kind: 'returned'; readonly folder: number; readonly keys: readonly ItemKey[] }
  | { readonly kind: 'verified'; readonly folder: number; readonly keys: readonly ItemKey[] }
  /** Clears the folder's `intentNext`; only when none of its rows is `intended`. */
  | { readonly kind: 'resolved'; readonly folder: number }
  | { readonly kind: 'checkpoint'; readonly folder: number; readonly checkpoint: string; readonly version: string | undefined }

export interface DoneItem {
  readonly key: ItemKey
  readonly targetKey?: ItemKey
  readonly digest?: Buffer
  readonly targetFlags?: readonly string[]
  readonly targetVersion?: string
  /** Absent: as the row says. */
  readonly format?: ContentFormat
  /** It is still to be given its marker. */
  readonly unmarked?: boolean
  /** Bytes that were written, where the source told only an approximate size. */
  readonly size?: number
}

/** Items and bytes of one folder by state. */
export interface FolderCounts {
  readonly folder: number
  readonly state: ItemState
  readonly items: number
  readonly bytes: number
  readonly verified: number
  /** Of them, carried as Exchange's full-fidelity stream, and as Office 365's. */
  readonly fts: number
  readonly mailboxItem: number
}
