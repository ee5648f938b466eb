import { canBeStale } from '../domain/staleness.ts'
import type { ConnectionSummary, JobSummary } from '../rpc/results.ts'
import { attentionOf } from './rows/connectionRow.ts'
import { jobAttention } from './rows/jobRow.ts'
import { stateOf } from './rows/jobText.ts'
import type { Wording } from './wording.ts'

export const staleConnections = (connections: readonly ConnectionSummary[]): ConnectionSummary[] =>
  connections.filter(({ verification }) => verification.state === 'stale')

/** Connections that are checked unasked: those whose staleness a check can find. A running job needs what its server allows for itself, and finds out as well as a check. */
export function checkable(connections: readonly ConnectionSummary[], jobs: readonly JobSummary[]): ConnectionSummary[] {
  const running = jobs.filter(job => ['running', 'stopping'].includes(stateOf(job)))
  const busy = new Set(running.flatMap(({ source, target }) => [source, target]))
  return connections.filter(({ name, settings }) => canBeStale(settings) && !busy.has(name))
}

/** A number on a view's icon with what it counts; nothing where nothing calls for a person. */
export interface Badge {
  readonly value: number
  readonly tooltip: string
}

export function connectionsBadge(wording: Wording, connections: readonly ConnectionSummary[]): Badge | undefined {
  const { l10n, number } = wording
  const value = connections.filter(({ verification }) => attentionOf(wording, verification) !== undefined).length
  if (value === 0) return undefined
  return { value, tooltip: value === 1 ? l10n.t('1 connection needs attention') : l10n.t('{0} connections need attention', number(value)) }
}

export function jobsBadge({ l10n, number }: Wording, jobs: readonly JobSummary[]): Badge | undefined {
  const value = jobs.filter(job => jobAttention(job) !== undefined).length
  if (value === 0) return undefined
  return { value, tooltip: value === 1 ? l10n.t('1 job needs attention') : l10n.t('{0} jobs need attention', number(value)) }
}
