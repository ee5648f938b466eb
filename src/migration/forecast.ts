import type { ContentFormat } from '../domain/mail.ts'
import type { StoredError } from '../domain/pair.ts'
import type { FilterReason } from '../ledger/rows.ts'
import type { MappedBy } from './rules/folderMap.ts'

/** What a run would do with a mailbox as it is now; nothing is written anywhere to learn it. */
export interface PairForecast {
  readonly source: string
  readonly target: string
  /** Why nothing can be said: one of the mailboxes doesn't open. The other fields are empty then. */
  readonly error?: StoredError
  /** In which formats content can be carried, best first. */
  readonly formats: readonly ContentFormat[]
  readonly folders: readonly FolderForecast[]
  /** All folders together. */
  readonly copy: Amount
  readonly filtered: Filtered
  /** Larger than the target takes. */
  readonly tooLarge: Amount
  /** Largest message the target takes, in bytes, where it tells. */
  readonly largest?: number
  /** Bytes that still fit into the target mailbox, where it tells. */
  readonly room?: number
}

export interface FolderForecast {
  /** Names from the root. */
  readonly source: readonly string[]
  readonly target?: readonly string[]
  /** The target has it already. */
  readonly exists: boolean
  /** How its place was found; absent where the filters leave the whole folder out. */
  readonly by?: MappedBy
  /** For a folder that gets another name since its own is taken: by whom. */
  readonly because?: readonly string[]
  /** It is the archive, which goes into the target's, or into a folder where there is none. */
  readonly archive?: 'intoArchive' | 'intoFolder'
  /** To be copied. */
  readonly copy: Amount
  /** Migrated or adopted by earlier runs. */
  readonly known: number
  readonly filtered: Filtered
  readonly tooLarge: Amount
  /** It can't be read. */
  readonly error?: StoredError
}

export interface Amount {
  readonly items: number
  readonly bytes: number
}

export type Filtered = Readonly<Partial<Record<FilterReason, Amount>>>

export const nothing: Amount = { items: 0, bytes: 0 }

export const plus = (a: Amount, b: Amount): Amount => ({ items: a.items + b.items, bytes: a.bytes + b.bytes })

export const plusFiltered = (a: Filtered, b: Filtered): Filtered => {
  const sum: Partial<Record<FilterReason, Amount>> = { ...a }
  for (const reason of reasons) {
    const more = b[reason]
    if (more) sum[reason] = plus(sum[reason] ?? nothing, more)
  }
  return sum
}

const reasons: readonly FilterReason[] = ['tooOld', 'tooNew', 'tooLarge', 'flaggedDeleted', 'folderExcluded', 'folderNotCarried']
