import { domainsOf } from '../../domain/domainChange.ts'
import { canBeStale } from '../../domain/staleness.ts'
import { jobsUsing, listConnections } from '../../ledger/connections.ts'
import type { Handler } from '../../rpc/protocol.ts'
import type { EngineContext } from '../context.ts'

/** The connections that a domain change can touch: their state, the domains they depend on, and the jobs that wait for them. Asks no server. */
export const domainStatus: Handler<'domain.status', EngineContext> = async ({ ledger: { db } }) => {
  const connections = (await listConnections(db)).filter(({ settings }) => canBeStale(settings))
  return Promise.all(
    connections.map(async connection => ({
      connection: connection.name,
      role: connection.role,
      domains: domainsOf(connection),
      verification: connection.verification,
      usedBy: await jobsUsing(db, connection.id),
    })),
  )
}
