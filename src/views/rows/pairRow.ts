import type { Mailbox, PairState, StoredError } from '../../domain/pair.ts'
import type { PairSummary } from '../../rpc/results.ts'
import { escapeMarkdown, markdownTable } from '../markdown.ts'
import type { RowToken } from '../rowTokens.ts'
import type { Wording } from '../wording.ts'
import { countsText } from './jobText.ts'
import { pairStateText, problemOf } from './pairText.ts'
import type { Attention, Row, RowIcon } from './row.ts'

/** @param perSecond messages, over the last seconds */
export function pairRow(wording: Wording, pair: PairSummary, perSecond: number): Row {
  const { source, target, state, counts } = pair
  const label = source.address
  const said = pairStateText(wording, state, counts, perSecond)
  // The state first: a narrow side bar shows little more.
  const description = source.address === target.address ? said : `${said} → ${target.address}`
  const problem = problemOf(state)
  const attention = attentionOf(state)
  return {
    label,
    description,
    tooltip: tooltip(wording, pair, said),
    icon: iconOf(state),
    tokens: tokensOf(state, problem),
    children: problem === undefined && state.state !== 'completedWithDifferences' ? 'none' : 'collapsed',
    spoken: `${label}, ${description}`,
    ...(attention === undefined ? {} : { attention }),
  }
}

/** What is known of a pair's problem, below it. */
export function problemRow(wording: Wording, { state }: PairSummary): Row {
  const problem = problemOf(state)
  const { l10n, number } = wording
  const label =
    problem !== undefined
      ? wording.describe(problem).message
      : l10n.t('{0} messages differ', number(state.state === 'completedWithDifferences' ? state.differences : 0))
  return {
    label,
    tooltip:
      problem === undefined ? escapeMarkdown(label) : `${escapeMarkdown(label)}\n\n${escapeMarkdown(wording.describe(problem).next)}`,
    icon: { symbol: 'info' },
    tokens: ['problem'],
    children: 'none',
    spoken: label,
    click: 'showProblem',
  }
}

export function moreRow({ l10n, number }: Wording, missing: number): Row {
  const label = missing === 1 ? l10n.t('Show 1 more mailbox') : l10n.t('Show {0} more mailboxes', number(missing))
  return { label, icon: { symbol: 'ellipsis' }, tokens: [], children: 'none', spoken: label, click: 'showMorePairs' }
}

function attentionOf(state: PairState): Attention | undefined {
  if (state.state === 'failed') return 'error'
  return state.state === 'waiting' && state.for !== 'server' ? 'warning' : undefined
}

const tokensOf = ({ state }: PairState, problem: StoredError | undefined): RowToken[] => [
  'pair',
  ...(state === 'running' || state === 'queued' ? [] : (['startable'] as const)),
  ...(state === 'new' ? [] : (['ran'] as const)),
  ...(problem?.code === 'pair.deletionsHeld' ? (['deletionsHeld'] as const) : []),
  ...(problem?.code === 'mailbox.replaced' && state === 'waiting' ? (['replaced'] as const) : []),
]

function iconOf(state: PairState): RowIcon {
  switch (state.state) {
    case 'new':
      return { symbol: 'circle-outline' }
    case 'queued':
      return { symbol: 'circle-outline', color: 'charts.blue' }
    case 'running':
      return { symbol: 'sync~spin', color: 'charts.blue' }
    case 'waiting':
      return waitingIcons[state.for]
    case 'stopped':
      return { symbol: 'debug-pause' }
    case 'failed':
      return { symbol: 'error', color: 'list.errorForeground' }
    case 'completed':
      return { symbol: 'pass-filled', color: 'charts.green' }
    case 'completedWithDifferences':
      return { symbol: 'pass', color: 'list.warningForeground' }
  }
}

/** Whom or what a mailbox waits for. */
const waitingIcons: Readonly<Record<Extract<PairState, { state: 'waiting' }>['for'], RowIcon>> = {
  server: { symbol: 'clock' },
  credentials: { symbol: 'key', color: 'list.warningForeground' },
  person: { symbol: 'person', color: 'list.warningForeground' },
}

function tooltip(wording: Wording, { source, target, priority, counts, engine, state }: PairSummary, description: string): string {
  const { l10n, number, size, date } = wording
  const table = markdownTable([
    [l10n.t('Source'), mailboxText(source)],
    [l10n.t('Target'), mailboxText(target)],
    [l10n.t('State'), description],
    [l10n.t('Completed'), 'at' in state ? date(state.at) : undefined],
    [l10n.t('Priority'), number(priority)],
    [l10n.t('Messages'), counts.items === 0 ? undefined : countsText(wording, counts)],
    [l10n.t('Copied'), counts.done === 0 ? undefined : size(counts.doneBytes)],
    [l10n.t('Failed'), counts.failed === 0 ? undefined : number(counts.failed)],
    [l10n.t('Worked on by'), engine],
  ])
  const problem = problemOf(state)
  return problem === undefined ? table : `${table}\n\n${escapeMarkdown(wording.describe(problem).message)}`
}

const mailboxText = ({ address, displayName }: Mailbox): string => (displayName === undefined ? address : `${displayName} (${address})`)
