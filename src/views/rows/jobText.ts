import type { JobState } from '../../domain/jobState.ts'
import { jobState } from '../../domain/jobState.ts'
import type { PairCounts, PairState } from '../../domain/pair.ts'
import type { JobSummary } from '../../rpc/results.ts'
import type { Wording } from '../wording.ts'

const pairStates = [
  'new',
  'queued',
  'running',
  'waiting',
  'stopped',
  'failed',
  'completed',
  'completedWithDifferences',
] as const satisfies readonly PairState['state'][]

export const stateOf = ({ wanted, states }: Pick<JobSummary, 'wanted' | 'states'>): JobState =>
  jobState(
    { wanted },
    pairStates.filter(state => (states[state] ?? 0) > 0).map(state => ({ state })),
  )

/** Items that are through, whichever way. */
export const handled = ({ done, adopted, filtered, failed }: PairCounts): number => done + adopted + filtered + failed

/** How much of what is known to be there is through: 0 to 1. */
export const progress = (counts: PairCounts): number => (counts.items === 0 ? 0 : Math.min(1, handled(counts) / counts.items))

/**
 * The same of a job. Mailboxes that haven't begun are as large as the others, as far as is known: of these no item is counted yet, or what an earlier run did.
 */
export function jobProgress({ counts, states, pairs }: Pick<JobSummary, 'counts' | 'states' | 'pairs'>): number {
  const { new: untouched = 0, queued = 0, running = 0 } = states
  const share = progress(counts)
  // What runs while all that is counted is through is planned or read back: by half, for want of a number.
  const ahead = untouched + queued + (share === 1 ? running / 2 : 0)
  return pairs === 0 ? 0 : (share * (pairs - ahead)) / pairs
}

export function jobStateText({ l10n }: Wording, state: JobState): string {
  switch (state) {
    case 'empty':
      return l10n.t('no mailboxes yet')
    case 'new':
      return l10n.t('not started')
    case 'running':
      return l10n.t('running')
    case 'stopping':
      return l10n.t('stopping')
    case 'stopped':
      return l10n.t('stopped')
    case 'waiting':
      return l10n.t('waiting')
    case 'failed':
      return l10n.t('failed')
    case 'completedWithDifferences':
      return l10n.t('completed with differences')
    case 'completed':
      return l10n.t('completed')
  }
}

export const mailboxesText = ({ l10n, number }: Wording, mailboxes: number): string =>
  mailboxes === 1 ? l10n.t('1 mailbox') : l10n.t('{0} mailboxes', number(mailboxes))

/** Messages a second, as a job or a pair is told of; nothing while nothing moves. */
export const speedText = ({ l10n, number }: Wording, perSecond: number): string | undefined =>
  perSecond < 0.5 ? undefined : l10n.t('{0} msg/s', number(perSecond))

export const countsText = ({ l10n, number }: Wording, counts: PairCounts): string =>
  l10n.t('{0} of {1} messages', number(handled(counts)), number(counts.items))
