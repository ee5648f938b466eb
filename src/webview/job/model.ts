import type { JobId } from '../../domain/ids.ts'
import { isSame } from '../../domain/isSame.ts'
import type { JobSettings } from '../../domain/job.ts'
import type { Mailbox, StoredError } from '../../domain/pair.ts'
import type { CsvPreview, MatchResult } from '../../rpc/results.ts'
import type { JobDraft, JobField } from './draft.ts'
import type { PairFilter, PairRow } from './pairRows.ts'

/** The job that is edited, as it was when the person began. */
export interface ExistingJob {
  readonly id: JobId
  readonly name: string
  readonly settings: JobSettings
}

/** All that the job wizard knows. */
export interface JobModel {
  readonly existing?: ExistingJob
  readonly initial: JobDraft
  readonly initialRows: readonly PairRow[]
  readonly draft: JobDraft
  readonly edits: number
  readonly touched: ReadonlySet<JobField>
  readonly all: boolean
  readonly rows: readonly PairRow[]
  readonly filter: PairFilter
  readonly offset: number
  /** A part of the source's directory. */
  readonly directory?: { readonly list: readonly Mailbox[]; readonly offset: number; readonly more: boolean }
  readonly file?: { readonly name: string; readonly preview: CsvPreview }
  /** An export that says which mailboxes the source has. */
  readonly sourceList?: string
  readonly matched?: MatchResult
  readonly estimate: readonly string[]
  /** What is done just now, in words. */
  readonly busy?: string
  readonly failure?: StoredError
}

export const beginJob = (draft: JobDraft, rows: readonly PairRow[], existing?: ExistingJob, initial = draft): JobModel => ({
  ...(existing === undefined ? {} : { existing }),
  initial,
  initialRows: rows,
  draft,
  edits: 0,
  touched: new Set(),
  all: false,
  rows,
  filter: { search: '', unmatched: false },
  offset: 0,
  estimate: [],
})

/** Mailboxes are the source's: with another source they are others. */
export function editedJob(model: JobModel, fields: Partial<JobDraft>, edit: number): JobModel {
  const { failure: _failure, ...rest } = model
  // Proof of the cast: `Object.keys` of some of a draft's fields.
  const touched = new Set([...model.touched, ...(Object.keys(fields) as JobField[])])
  const next = { ...rest, draft: { ...model.draft, ...fields }, edits: edit, touched }
  if (fields.source === undefined || fields.source === model.draft.source) return next
  const { directory: _directory, matched: _matched, sourceList: _sourceList, ...fresh } = next
  return { ...fresh, rows: [], offset: 0 }
}

export const withoutJob = (model: JobModel, key: 'failure' | 'busy'): JobModel => {
  const { [key]: _left, ...rest } = model
  return rest
}

/** Whether closing would lose something. */
export const isJobUnsaved = ({ draft, initial, rows, initialRows }: JobModel): boolean =>
  !isSame(draft, initial) || (rows !== initialRows && !isSame(rows, initialRows))
