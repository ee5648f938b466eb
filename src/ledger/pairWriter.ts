import type { PairId } from '../domain/ids.ts'
import type { PairCounts, Phase } from '../domain/pair.ts'
import type { Change, FolderRow } from './rows.ts'

export type FolderPatch = Partial<
  Pick<FolderRow, 'sourceId' | 'sourcePath' | 'sourceValidity' | 'role' | 'targetId' | 'targetPath' | 'targetValidity'>
> & {
  /** `null` clears. */
  readonly excluded?: FolderRow['excluded'] | null
  readonly error?: FolderRow['error'] | null
  readonly checkpoint?: string | null
  readonly version?: string | null
}

/** The fenced way to write a running pair's rows: who has lost the epoch gets `lease.lost` and nothing is written. */
export interface PairWriter {
  readonly pair: PairId
  readonly epoch: number
  /** Aborted with `lease.lost` as soon as it is known that somebody else may own the pair. */
  readonly lost: AbortSignal
  /** `performance.now()` milliseconds after which no request may be sent to the target: the lease's end less a margin. */
  deadline(): number
  /** Durable when it resolves. What is handed in while a commit is under way shares the next one: *done* of one batch and *intended* of the next cost one. */
  commit(changes: readonly Change[]): Promise<void>
  /** Adds folders by their source path, or updates those known; answers them in the given order. */
  saveFolders(folders: readonly Omit<FolderRow, 'id' | 'pair' | 'intentNext'>[]): Promise<readonly FolderRow[]>
  patchFolder(folder: number, patch: FolderPatch): Promise<void>
  /** Which stores the pair's mailboxes are; the engine compares them before anything is written. */
  setIncarnations(source: string, target: string): Promise<void>
  /** At most once a second is written, the last one always. */
  progress(phase: Phase, counts: PairCounts, folder?: string): void
}
