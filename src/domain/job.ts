import type { ConnectionId, JobId } from './ids.ts'
import type { ItemType } from './itemType.ts'
import type { Schedule } from './schedule.ts'

/** What a run after the first carries over: only new items; new, changed and moved ones; or deletions as well. */
export type DeltaPolicy = 'new' | 'changes' | 'mirror'

export interface Filters {
  /** Received at or after, and before: ISO 8601 dates. */
  readonly receivedFrom?: string
  readonly receivedTo?: string
  /** Globs over the folder's path joined by `/`, without regard to case. */
  readonly includeFolders?: readonly string[]
  readonly excludeFolders?: readonly string[]
  /** Only folders that hold these; all of them where nothing is said. */
  readonly itemTypes?: readonly ItemType[]
  /** Bytes. */
  readonly maxItemSize?: number
  /** Carries over messages flagged `\Deleted` but not yet expunged. */
  readonly includeDeleted?: boolean
}

export interface Limits {
  readonly pairsAtOnce: number
  /** For each of the two servers, over all pairs of the job. */
  readonly connectionsPerServer: number
  /** Megabytes (10^6 bytes) a second, read from the source by the whole job. */
  readonly megabytesPerSecond?: number
  /** Items a pair may fail before it stops; its rest is left for the next run. */
  readonly maxErrorsPerPair: number
}

export const defaultLimits: Limits = { pairsAtOnce: 4, connectionsPerServer: 8, maxErrorsPerPair: 1000 }

/** Where a source folder and what lies below it goes, whatever the rules of the mapping say; names from the root. */
export interface FolderPlacement {
  readonly source: readonly string[]
  readonly target: readonly string[]
}

export interface JobSettings {
  readonly policy: DeltaPolicy
  readonly filters: Filters
  readonly folderMap: readonly FolderPlacement[]
  readonly limits: Limits
  readonly newestFirst: boolean
  readonly subscriptions: boolean
  /** The person's consent that another job writes to the same target mailboxes. */
  readonly allowSharedTargets: boolean
  /** After the cutover nothing is deleted on the target any more, whatever the policy. */
  readonly cutOver: boolean
  /** The person's consent to try Exchange's full-fidelity stream on Office 365, which nobody documents to take it. Absent: it isn't tried. */
  readonly unprovenTransfer?: boolean
  /** Archives are migrated with their mailboxes. Absent: they aren't looked at. */
  readonly archives?: boolean
  /** When it runs while it is wanted; at any time unless there is one. */
  readonly schedule?: Schedule
}

export const defaultJobSettings: JobSettings = {
  policy: 'changes',
  filters: {},
  folderMap: [],
  limits: defaultLimits,
  newestFirst: false,
  subscriptions: true,
  allowSharedTargets: false,
  cutOver: false,
}

export interface Job {
  readonly id: JobId
  readonly name: string
  readonly source: ConnectionId
  readonly target: ConnectionId
  readonly settings: JobSettings
  /** What the person wants; engines that own pairs of the job obey within a second. */
  readonly wanted: 'run' | 'stop'
}
