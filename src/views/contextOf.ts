import type { ContextKey } from '../commands/contextKeys.ts'
import { staleConnections } from './attention.ts'
import type { Mirror } from './mirror.ts'
import { connectionTokens } from './rows/connectionRow.ts'
import { jobTokens } from './rows/jobRow.ts'
import type { RowToken } from './rowTokens.ts'

/** The context keys that follow from what the ledger has and how the engine is. */
export function contextOf({
  state,
  connections,
  jobs,
}: Pick<Mirror, 'state' | 'connections' | 'jobs'>): readonly (readonly [ContextKey, boolean])[] {
  const ready = state.state === 'running'
  const has = (role: 'source' | 'target'): boolean => ready && connections.some(connection => connection.role === role)
  const hasRow = (token: RowToken): boolean => ready && jobs.some(job => jobTokens(job).includes(token))
  return [
    ['mailferry.ready', ready],
    ['mailferry.failed', state.state === 'failed'],
    ['mailferry.hasConnections', ready && connections.length > 0],
    ['mailferry.hasSource', has('source')],
    ['mailferry.hasTarget', has('target')],
    ['mailferry.hasJobs', ready && jobs.length > 0],
    ['mailferry.hasReconfigurable', ready && connections.some(({ settings }) => settings.kind !== 'imap')],
    ['mailferry.hasRenewable', ready && connections.some(one => connectionTokens(one).includes('renewable'))],
    ['mailferry.hasMailboxes', ready && jobs.some(({ pairs }) => pairs > 0)],
    ['mailferry.hasStartable', hasRow('startable')],
    ['mailferry.hasRun', hasRow('ran')],
    ['mailferry.hasWaiting', ready && jobs.some(({ states }) => (states.waiting ?? 0) > 0)],
    ['mailferry.hasStale', ready && staleConnections(connections).length > 0],
    ['mailferry.jobsGoOn', ready && jobs.some(({ wanted }) => wanted === 'run')],
  ]
}
