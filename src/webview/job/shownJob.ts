import { itemTypes } from '../../domain/itemType.ts'
import { mailboxKey } from '../../domain/mailboxKey.ts'
import type { ConnectionSummary, JobSummary } from '../../rpc/results.ts'
import type { Wording } from '../../views/wording.ts'
import type { JobDraft, JobField } from './draft.ts'
import { type JobProblems, jobFieldOfError, judgeJob } from './judgeJob.ts'
import type { JobStep, JobWizardState, ShownDirectory, ShownRows } from './messages.ts'
import type { JobModel } from './model.ts'
import { filteredRows } from './pairRows.ts'
import { jobWords } from './words.ts'

/** Rows that are drawn at a time, whatever the job's size. */
export const rowsShown = 50

export interface ShownWith {
  readonly wording: Wording
  readonly connections: readonly ConnectionSummary[]
  readonly jobs: readonly JobSummary[]
  /** The steps that are offered for the failure, by title. */
  readonly nextSteps: readonly string[]
}

/** What the job wizard's page is shown. */
export function shownJob(model: JobModel, { wording, connections, jobs, nextSteps }: ShownWith): JobWizardState {
  const { l10n, number } = wording
  const { draft, existing, failure, file, matched } = model
  const problems = problemsOf(model, wording, jobs)
  const kindOf = (name: string) => connections.find(one => one.name === name)?.settings.kind
  const named = (role: 'source' | 'target'): string[] => connections.filter(one => one.role === role).map(({ name }) => name)
  return {
    words: jobWords(wording),
    isNew: existing === undefined,
    title: existing === undefined ? l10n.t('New job') : l10n.t('Edit job “{0}”', existing.name),
    lead: l10n.t('Choose mailboxes of the source, say where each goes, and when. Nothing is migrated before you start it.'),
    draft,
    edits: model.edits,
    problems: problems.shown,
    steps: stepsOf(model, problems.all, wording),
    sources: named('source'),
    targets: named('target'),
    canHaveArchives: kindOf(draft.source) === 'exchange' || kindOf(draft.source) === 'office365',
    archivesInBeta: kindOf(draft.source) === 'office365' || kindOf(draft.target) === 'office365',
    canTryUnproven: kindOf(draft.source) === 'exchange' && kindOf(draft.target) === 'office365',
    needsExport: kindOf(draft.target) === 'exchange',
    directory: directoryOf(model, wording),
    badRows: file?.preview.problems ?? [],
    fileStatus: fileStatusOf(model, wording),
    matchStatus:
      matched === undefined
        ? ''
        : l10n.t(
            '{0} matched, {1} without a partner, {2} names ambiguous, {3} targets unused.',
            number(matched.pairs.length),
            number(matched.unmatched.length),
            number(matched.ambiguous.length),
            number(matched.unused.length),
          ),
    ambiguous: (matched?.ambiguous ?? []).slice(0, rowsShown).map(({ name, sources, targets }) => ({
      name,
      sources: sources.map(({ address }) => address).join(', '),
      targets: targets.map(({ address }) => address).join(', '),
    })),
    rows: rowsOf(model, wording),
    estimate: model.estimate,
    ...(model.busy === undefined ? {} : { busy: model.busy }),
    ...(failure === undefined
      ? {}
      : {
          notice: {
            level: 'error' as const,
            text: wording.describe(failure).message,
            next: wording.describe(failure).next,
            steps: nextSteps,
          },
        }),
    summary: summaryOf(model, wording),
  }
}

function problemsOf({ draft, existing, touched, all, failure }: JobModel, wording: Wording, jobs: readonly JobSummary[]) {
  const others = jobs.filter(({ id }) => id !== existing?.id).map(({ name }) => name)
  const judged: Partial<Record<JobField, string>> = { ...judgeJob(wording, draft, others).problems }
  const failed = failure && jobFieldOfError(failure)
  if (failed !== undefined && failure !== undefined) judged[failed] ??= wording.describe(failure).message
  const shown = Object.fromEntries(
    Object.entries(judged).filter(([field]) => all || field === failed || [...touched].some(name => name === field)),
  )
  return { all: judged, shown }
}

const filterFields = [
  'receivedFrom',
  'receivedTo',
  'includeFolders',
  'excludeFolders',
  'maxItemSize',
  'includeDeleted',
  'itemTypes',
  'placements',
]
const generalFields = [
  'name',
  'source',
  'target',
  'policy',
  'newestFirst',
  'subscriptions',
  'cutOver',
  'allowSharedTargets',
  'archives',
  'unprovenTransfer',
]
const stepOf = (field: string): JobStep => {
  if (generalFields.includes(field)) return 'general'
  return filterFields.includes(field) ? 'filters' : 'schedule'
}

function stepsOf(model: JobModel, problems: JobProblems, { l10n }: Wording): JobWizardState['steps'] {
  const { rows, all, touched, failure, estimate } = model
  const spoken = { open: l10n.t('open'), passed: l10n.t('complete'), failed: l10n.t('to be corrected') }
  const wrong = new Set(Object.keys(problems).map(stepOf))
  const began = new Set([...touched].map(stepOf))
  const step = (id: JobStep, state: keyof typeof spoken) => ({ id, state, spoken: spoken[state] })
  const filled = (id: JobStep): keyof typeof spoken => {
    if (!wrong.has(id)) return 'passed'
    return all || (began.has(id) && id !== 'general') ? 'failed' : 'open'
  }
  const matched = rows.length > 0 && rows.every(({ target }) => target !== undefined)
  return [
    step('general', filled('general')),
    step('sources', rows.length > 0 ? 'passed' : 'open'),
    step('targets', matched ? 'passed' : 'open'),
    step('filters', filled('filters')),
    step('schedule', filled('schedule')),
    step('summary', failure !== undefined ? 'failed' : estimate.length > 0 ? 'passed' : 'open'),
  ]
}

function directoryOf({ directory, rows }: JobModel, { l10n, number }: Wording): ShownDirectory {
  if (directory === undefined) return { list: [], offset: 0, more: false, status: '' }
  const { list, offset, more } = directory
  const taken = new Set(rows.map(({ source }) => mailboxKey(source)))
  return {
    list: list.map(mailbox => ({
      address: mailbox.address,
      ...(mailbox.displayName === undefined ? {} : { name: mailbox.displayName }),
      taken: taken.has(mailboxKey(mailbox)),
    })),
    offset,
    more,
    status: list.length === 0 ? l10n.t('No mailbox found.') : l10n.t('{0} to {1}', number(offset + 1), number(offset + list.length)),
  }
}

function fileStatusOf({ file }: JobModel, { l10n, number }: Wording): string {
  if (file === undefined) return ''
  const { name, preview } = file
  return preview.problems.length > 0
    ? l10n.t('{0}: {1} rows can’t be used. Nothing was taken from it.', name, number(preview.problems.length))
    : l10n.t('{0}: {1} mailboxes.', name, number(preview.rows))
}

function rowsOf({ rows, filter, offset }: JobModel, { l10n, number }: Wording): ShownRows {
  const found = filteredRows(rows, filter)
  const list = found.slice(offset, offset + rowsShown)
  const without = rows.filter(({ target }) => target === undefined).length
  return {
    list: list.map(({ source, target }) => ({
      source: source.address,
      ...(source.displayName === undefined ? {} : { sourceName: source.displayName }),
      target: target?.address ?? '',
    })),
    offset,
    more: offset + list.length < found.length,
    search: filter.search,
    unmatched: filter.unmatched,
    status:
      rows.length === 0
        ? ''
        : l10n.t(
            '{0} to {1} of {2}; {3} without a target, which are left out.',
            number(list.length === 0 ? 0 : offset + 1),
            number(offset + list.length),
            number(found.length),
            number(without),
          ),
  }
}

/** What the filters leave in, as far as any is set. */
function filtersText(
  { receivedFrom, receivedTo, includeFolders, excludeFolders, maxItemSize, itemTypes: chosen }: JobDraft,
  wording: Wording,
): string {
  const { l10n } = wording
  const { types } = jobWords(wording)
  const lines = (text: string): string =>
    text
      .split('\n')
      .filter(line => line.trim() !== '')
      .join(', ')
  const parts = [
    ...(receivedFrom === '' ? [] : [l10n.t('received from {0}', receivedFrom)]),
    ...(receivedTo === '' ? [] : [l10n.t('received before {0}', receivedTo)]),
    ...(itemTypes.every(type => chosen.includes(type)) ? [] : [l10n.t('only {0}', chosen.map(type => types[type]).join(', '))]),
    ...(lines(includeFolders) === '' ? [] : [l10n.t('only the folders {0}', lines(includeFolders))]),
    ...(lines(excludeFolders) === '' ? [] : [l10n.t('without the folders {0}', lines(excludeFolders))]),
    ...(maxItemSize === '' ? [] : [l10n.t('up to {0} MB a message', maxItemSize)]),
  ]
  return parts.length === 0 ? l10n.t('none: everything') : parts.join('; ')
}

function summaryOf({ draft, rows }: JobModel, wording: Wording): JobWizardState['summary'] {
  const { l10n, number } = wording
  const { policyNew, policyChanges, policyMirror } = jobWords(wording)
  const placements = draft.placements.filter(({ source, target }) => source !== '' && target !== '')
  const { name, source, target, windows, notBefore, deltaEvery } = draft
  return [
    { label: l10n.t('Name'), value: name },
    { label: l10n.t('Source'), value: source },
    { label: l10n.t('Target'), value: target },
    { label: l10n.t('Mailboxes'), value: number(rows.filter(row => row.target !== undefined).length) },
    { label: l10n.t('Filters'), value: filtersText(draft, wording) },
    ...(placements.length === 0
      ? []
      : [{ label: l10n.t('Folders'), value: placements.map(({ source, target }) => `${source} → ${target}`).join(', ') }]),
    { label: l10n.t('Later runs'), value: { new: policyNew, changes: policyChanges, mirror: policyMirror }[draft.policy] },
    { label: l10n.t('Begins'), value: notBefore === '' ? l10n.t('when it is started') : notBefore },
    { label: l10n.t('Runs'), value: windows.length === 0 ? l10n.t('at all times') : l10n.t('in the hours given, {0}', draft.timeZone) },
    { label: l10n.t('Delta migrations'), value: deltaEvery === '' ? l10n.t('by hand') : l10n.t('every {0} hours', deltaEvery) },
  ]
}
