import type { PairCounts, PairState, Phase, StoredError } from '../../domain/pair.ts'
import type { Wording } from '../wording.ts'
import { countsText, progress, speedText } from './jobText.ts'

type Waiting = Extract<PairState, { state: 'waiting' }>

/** A pair's state in a few words, with its progress while it runs. */
export function pairStateText(wording: Wording, state: PairState, counts: PairCounts, perSecond: number): string {
  const { l10n, number } = wording
  switch (state.state) {
    case 'new':
      return l10n.t('not started')
    case 'queued':
      return l10n.t('queued')
    case 'running':
      return runningText(wording, state.phase, counts, perSecond)
    case 'waiting':
      return waitingText(wording, state)
    case 'stopped':
      return counts.items === 0 ? l10n.t('stopped') : l10n.t('stopped at {0}', countsText(wording, counts))
    case 'failed':
      return l10n.t('failed')
    case 'completed':
      return l10n.t('completed · {0}', countsText(wording, counts))
    case 'completedWithDifferences':
      return state.differences === 1
        ? l10n.t('completed with 1 difference')
        : l10n.t('completed with {0} differences', number(state.differences))
  }
}

function runningText(wording: Wording, phase: Phase, counts: PairCounts, perSecond: number): string {
  const speed = speedText(wording, perSecond)
  const { percent } = wording
  return [
    phaseText(wording, phase),
    ...(counts.items === 0 ? [] : [percent(progress(counts)), countsText(wording, counts)]),
    ...(speed === undefined ? [] : [speed]),
  ].join(' · ')
}

const phaseText = ({ l10n }: Wording, phase: Phase): string => {
  switch (phase) {
    case 'plan':
      return l10n.t('planning')
    case 'copy':
      return l10n.t('copying')
    case 'verify':
      return l10n.t('reading back')
  }
}

/** Why a pair waits, and until when: `throttled until 14:05`, `waiting for credentials`. */
export function waitingText(wording: Wording, { for: what, until, error }: Waiting): string {
  const { l10n, time } = wording
  switch (what) {
    case 'credentials':
      return l10n.t('waiting for credentials')
    case 'server':
      if (isThrottling(error)) return until === undefined ? l10n.t('throttled') : l10n.t('throttled until {0}', time(until))
      return until === undefined ? l10n.t('waiting for the server') : l10n.t('waiting for the server until {0}', time(until))
    case 'person':
      return personText(wording, error)
  }
}

const isThrottling = ({ code }: StoredError): boolean => code === 'server.busy' || code === 'server.tooManyConnections'

function personText({ l10n, number }: Wording, { code, params }: StoredError): string {
  switch (code) {
    case 'pair.deletionsHeld':
      return l10n.t('{0} deletions wait for your decision', number(params.deletions))
    case 'mailbox.replaced':
      return params.side === 'source' ? l10n.t('the source mailbox was replaced') : l10n.t('the target mailbox was replaced')
    case 'stale':
      return l10n.t('the connection {0} is stale', params.connection)
    default:
      return l10n.t('waiting for you')
  }
}

/** What is wrong with a pair, as far as anything is. */
export const problemOf = (state: PairState): StoredError | undefined => ('error' in state ? state.error : undefined)
