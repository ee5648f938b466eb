import { listJournal } from '../../ledger/journal.ts'
import type { Handler } from '../../rpc/protocol.ts'
import type { EngineContext } from '../context.ts'

/** The newest entries of the journal, oldest first. */
export const journalList: Handler<'journal.list', EngineContext> = async ({ ledger }, { limit }) =>
  (await listJournal(ledger.db, { limit })).toReversed()
