import { findConnection } from '../../ledger/connections.ts'
import type { Handler } from '../../rpc/protocol.ts'
import type { EngineContext } from '../context.ts'
import { matchServers } from '../matchServers.ts'

/** What `job.match` would find, for a job that isn't made yet. */
export const jobMatchPreview: Handler<'job.matchPreview', EngineContext> = async (context, { source, target, ...how }, call) => {
  const { db } = context.ledger
  const sides = { source: (await findConnection(db, source)).id, target: (await findConnection(db, target)).id }
  return { ...(await matchServers(context, sides, how, call)), added: 0 }
}
