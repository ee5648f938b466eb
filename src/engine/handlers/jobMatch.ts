import type { Job } from '../../domain/job.ts'
import { findCalled } from '../../domain/mailboxKey.ts'
import type { Mailbox } from '../../domain/pair.ts'
import { addPairs } from '../../ledger/editPairs.ts'
import { findJob } from '../../ledger/jobs.ts'
import type { Ledger } from '../../ledger/ledger.ts'
import { listPairs } from '../../ledger/pairs.ts'
import type { MatchedMailboxes } from '../../migration/rules/matchMailboxes.ts'
import type { Handler } from '../../rpc/protocol.ts'
import type { EngineContext } from '../context.ts'
import { matchServers } from '../matchServers.ts'

type Matched = MatchedMailboxes['pairs']

/** Matches the mailboxes of a job's two servers; with `add` those that aren't in the job yet become pairs of it. */
export const jobMatch: Handler<'job.match', EngineContext> = async (context, { name, add, ...how }, call) => {
  const { ledger } = context
  const job = await findJob(ledger.db, name)
  const matched = await matchServers(context, job, how, call)
  const missing = add ? await notYetPairs(ledger, job, matched.pairs) : []
  const added = missing.map(pair => ({ ...pair, priority: 0 }))
  if (added.length > 0) await ledger.write(tx => addPairs(tx, job.id, added))
  return { ...matched, added: added.length }
}

/** Without those whose source or target the job has already. */
async function notYetPairs({ db }: Ledger, job: Job, pairs: Matched): Promise<Matched> {
  const known = await listPairs(db, job.id)
  const sources = known.map(({ source }) => source)
  const targets = known.map(({ target }) => target)
  const isOf = (mailboxes: readonly Mailbox[], one: Mailbox): boolean => findCalled(mailboxes, mailbox => mailbox, one) !== undefined
  return pairs.filter(({ source, target }) => !isOf(sources, source) && !isOf(targets, target))
}
