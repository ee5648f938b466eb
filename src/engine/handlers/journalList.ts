import { listConnections } from '../../ledger/connections.ts'
import { listJobs } from '../../ledger/jobs.ts'
import { listJournal } from '../../ledger/journal.ts'
import { sourcesOf } from '../../ledger/pairs.ts'
import type { Handler } from '../../rpc/protocol.ts'
import type { EngineContext } from '../context.ts'

/** The newest entries of the journal, oldest first, with the name of what they are about where it still is. */
export const journalList: Handler<'journal.list', EngineContext> = async ({ ledger: { db } }, { limit, subject }) => {
  const known = [...(await listConnections(db)), ...(await listJobs(db))]
  const names = new Map<string, string>(known.map(({ id, name }) => [id, name]))
  const called = known.find(({ name }) => name.toLowerCase() === subject?.trim().toLowerCase())?.id ?? subject
  const entries = (await listJournal(db, { limit, ...(called === undefined ? {} : { subject: called }) })).toReversed()
  const mailboxes = await sourcesOf(
    db,
    entries.map(entry => entry.subject),
  )
  return entries.map(entry => {
    const name = names.get(entry.subject) ?? mailboxes.get(entry.subject)
    return name === undefined ? entry : { ...entry, name }
  })
}
