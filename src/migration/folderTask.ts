import type { MailferryError } from '../domain/errors.ts'
import type { ContentFormat } from '../domain/mail.ts'
import type { FolderRow } from '../ledger/rows.ts'
import type { Folder, MailSession } from '../servers/mailServer.ts'
import type { AdaptiveGate } from './adaptiveGate.ts'
import type { PairRun } from './context.ts'
import type { MarkerOf } from './marker.ts'
import type { Tally } from './tally.ts'

/** What all folders of one run share. */
export interface Shared {
  readonly run: PairRun
  readonly source: MailSession
  readonly target: MailSession
  /** Formats that both ends have, best first. */
  readonly formats: readonly ContentFormat[]
  /** Formats that one of the servers turned out not to let us use, and why. */
  readonly withheld: Map<ContentFormat, MailferryError>
  /** Where the target keeps markers. */
  readonly markerOf: MarkerOf | undefined
  readonly gate: AdaptiveGate
  readonly tally: Tally
  /** Ends everything at once: the run's abort, or a lost lease. */
  readonly signal: AbortSignal
  /** Finish the batches in hand and begin no more: a person's stop, or trouble elsewhere in the pair. */
  readonly stopping: AbortSignal
  /** Sets `stopping` because of trouble. */
  readonly halt: () => void
}

/** One source folder on its way to one target folder. The one task is the one writer of its target folder. */
export interface FolderTask {
  readonly row: FolderRow
  readonly from: Folder
  readonly to: Folder
}
