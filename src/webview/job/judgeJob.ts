import type { z } from 'zod'
import { checkName, refuseTaken } from '../../domain/names.ts'
import type { StoredError } from '../../domain/pair.ts'
import { planJobSchema } from '../../rpc/plan.ts'
import { problemsOf } from '../../rpc/problems.ts'
import type { L10n, Words } from '../../views/wording.ts'
import { sentence } from '../sentence.ts'
import type { JobDraft, JobField } from './draft.ts'
import { planOfJob } from './planOfJob.ts'

const schema = planJobSchema.omit({ pairs: true })
export type PlannedJob = z.infer<typeof schema>
export type JobProblems = Readonly<Partial<Record<JobField, string>>>

export interface JudgedJob {
  /** Absent while anything is wrong. */
  readonly plan?: PlannedJob
  readonly problems: JobProblems
}

/** What the plan's schema and the rules of names say of a draft, beside the field each is about. `others`: names that are taken. */
export function judgeJob({ l10n, describe, said }: Words, draft: JobDraft, others: readonly string[]): JudgedJob {
  const name = checkName('job', draft.name)
  const nameProblem = typeof name === 'string' ? refuseTaken('job', name, others) : name
  const checked = schema.safeParse(planOfJob(draft))
  const problems: Partial<Record<JobField, string>> = {}
  for (const { path, message } of checked.success ? [] : problemsOf(checked.error)) {
    const field = fieldOf(path)
    if (field === undefined) continue
    problems[field] ??= problemText(l10n, draft, field, path) ?? sentence(said('fields', message))
  }
  if (nameProblem !== undefined) problems.name = draft.name.trim() === '' ? l10n.t('This is needed.') : describe(nameProblem).message
  return checked.success && nameProblem === undefined ? { plan: checked.data, problems } : { problems }
}

/** Where a person has to choose or to name something, better words than the schema's. */
function problemText(l10n: L10n, draft: JobDraft, field: JobField, path: string): string | undefined {
  if (draft[field] === '') return l10n.t('This is needed.')
  if (path.endsWith('.days')) return l10n.t('Choose at least one day.')
  if (field === 'itemTypes') return l10n.t('Choose at least one kind.')
  return field === 'placements' ? l10n.t('Name both folders of each row.') : undefined
}

const names = new Set<JobField>([
  'name',
  'source',
  'target',
  'receivedFrom',
  'receivedTo',
  'includeFolders',
  'excludeFolders',
  'maxItemSize',
  'itemTypes',
  'placements',
  'pairsAtOnce',
  'connectionsPerServer',
  'megabytesPerSecond',
  'maxErrorsPerPair',
  'notBefore',
  'timeZone',
  'windows',
  'deltaEvery',
])

/** Fields of a draft have the names that a plan has inside its groups. */
const fieldOf = (path: string): JobField | undefined => {
  const name = path
    .replace(/^folders/, 'placements')
    .replace(/^(filters|limits|schedule)\./, '')
    .replace(/[.[].*$/, '')
  return [...names].find(field => field === name)
}

/** The field that an error of saving is about, where it is about one. */
export function jobFieldOfError({ code, params }: StoredError): JobField | undefined {
  if (code === 'job.connections') return params.side
  if (code === 'connection.role') return params.role
  if (code === 'target.shared') return 'allowSharedTargets'
  return code.startsWith('name.') ? 'name' : undefined
}
