import { listConnections } from '../../ledger/connections.ts'
import { listJobs } from '../../ledger/jobs.ts'
import { listJournal } from '../../ledger/journal.ts'
import type { Handler } from '../../rpc/protocol.ts'
import type { EngineContext } from '../context.ts'

/** The newest entries of the journal, oldest first, with the name of what they are about where it still is. */
export const journalList: Handler<'journal.list', EngineContext> = async ({ ledger: { db } }, { limit, subject }) => {
  const names = new Map<string, string>([...(await listConnections(db)), ...(await listJobs(db))].map(({ id, name }) => [id, name]))
  const entries = (await listJournal(db, { limit, ...(subject === undefined ? {} : { subject }) })).toReversed()
  return entries.map(entry => {
    const name = names.get(entry.subject)
    return name === undefined ? entry : { ...entry, name }
  })
}
