import type { JobState } from '../../domain/jobState.ts'
import type { JobSummary } from '../../rpc/results.ts'
import { escapeMarkdown, markdownTable } from '../markdown.ts'
import type { RowToken } from '../rowTokens.ts'
import type { Wording } from '../wording.ts'
import { countsText, jobProgress, jobStateText, mailboxesText, speedText, stateOf } from './jobText.ts'
import type { Attention, Row, RowIcon } from './row.ts'

/** @param perSecond messages, over the last seconds */
export function jobRow(wording: Wording, job: JobSummary, perSecond: number): Row {
  const state = stateOf(job)
  const description = describe(wording, job, state, perSecond)
  const attention = jobAttention(job)
  return {
    label: job.name,
    description,
    tooltip: tooltip(wording, job, state),
    icon: icons[state],
    tokens: jobTokens(job),
    children: state === 'empty' ? 'none' : 'collapsed',
    spoken: `${job.name}, ${description}`,
    ...(attention === undefined ? {} : { attention }),
  }
}

/** The same job where it stands below a connection that it uses. */
export function useRow(wording: Wording, job: JobSummary): Row {
  const state = stateOf(job)
  const description = jobStateText(wording, state)
  return {
    label: job.name,
    description,
    tooltip: tooltip(wording, job, state),
    icon: icons[state],
    tokens: ['use'],
    children: 'none',
    spoken: `${job.name}, ${description}`,
    click: 'showJob',
  }
}

/** What of a job waits for a person. */
export function jobAttention({ states }: Pick<JobSummary, 'states'>): Attention | undefined {
  if ((states.failed ?? 0) > 0) return 'error'
  return (states.waiting ?? 0) > 0 ? 'warning' : undefined
}

/** What can be done to a job as it is. */
export function jobTokens(job: JobSummary): RowToken[] {
  const { wanted, states } = job
  const state = stateOf(job)
  return [
    'job',
    ...(state === 'empty' || state === 'running' ? [] : (['startable'] as const)),
    ...(wanted === 'run' && state !== 'empty' && state !== 'completed' && state !== 'completedWithDifferences'
      ? (['stoppable'] as const)
      : []),
    ...(Object.keys(states).some(name => name !== 'new') ? (['ran'] as const) : []),
  ]
}

const icons: Readonly<Record<JobState, RowIcon>> = {
  empty: { symbol: 'circle-slash', color: 'disabledForeground' },
  new: { symbol: 'circle-outline' },
  running: { symbol: 'sync~spin', color: 'charts.blue' },
  stopping: { symbol: 'loading~spin' },
  stopped: { symbol: 'debug-pause' },
  waiting: { symbol: 'bell', color: 'list.warningForeground' },
  failed: { symbol: 'error', color: 'list.errorForeground' },
  completedWithDifferences: { symbol: 'pass', color: 'list.warningForeground' },
  completed: { symbol: 'pass-filled', color: 'charts.green' },
}

function describe(wording: Wording, job: JobSummary, state: JobState, perSecond: number): string {
  const { l10n, number, percent } = wording
  if (state === 'empty') return jobStateText(wording, state)
  const { completed = 0, completedWithDifferences = 0, waiting = 0, failed = 0 } = job.states
  const ended = completed + completedWithDifferences
  const speed = state === 'running' ? speedText(wording, perSecond) : undefined
  return [
    jobStateText(wording, state),
    ended === 0 ? mailboxesText(wording, job.pairs) : l10n.t('{0} of {1} mailboxes', number(ended), number(job.pairs)),
    ...(state === 'running' || state === 'stopped' ? [percent(jobProgress(job))] : []),
    ...(speed === undefined ? [] : [speed]),
    ...(waiting > 0 ? [l10n.t('{0} waiting', number(waiting))] : []),
    ...(failed > 0 ? [l10n.t('{0} failed', number(failed))] : []),
  ].join(' · ')
}

function tooltip(wording: Wording, job: JobSummary, state: JobState): string {
  const { l10n, number, size } = wording
  const { counts } = job
  const table = markdownTable([
    [l10n.t('Source'), job.source],
    [l10n.t('Target'), job.target],
    [l10n.t('State'), jobStateText(wording, state)],
    [l10n.t('Mailboxes'), number(job.pairs)],
    [l10n.t('Messages'), counts.items === 0 ? undefined : countsText(wording, counts)],
    [l10n.t('Copied'), counts.done === 0 ? undefined : size(counts.doneBytes)],
    [l10n.t('Adopted'), counts.adopted === 0 ? undefined : number(counts.adopted)],
    [l10n.t('Filtered'), counts.filtered === 0 ? undefined : number(counts.filtered)],
    [l10n.t('Failed'), counts.failed === 0 ? undefined : number(counts.failed)],
  ])
  return `**${escapeMarkdown(job.name)}**\n\n${table}`
}
