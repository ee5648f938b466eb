import { MailferryError } from '../../domain/errors.ts'
import { findJob } from '../../ledger/jobs.ts'
import { journal } from '../../ledger/journal.ts'
import { isRunning } from '../../ledger/leases.ts'
import { createJobLimits } from '../../migration/throttle.ts'
import { verifyPair } from '../../migration/verifyPair.ts'
import type { Handler } from '../../rpc/protocol.ts'
import type { VerifyCounts } from '../../rpc/results.ts'
import { chosenPairs } from '../chosenPairs.ts'
import type { EngineContext } from '../context.ts'
import { openJobServers } from '../jobServers.ts'

/** Compares both sides as they are now with what the ledger says was written. Reads only, and journals the result. Throws `pair.running`. */
export const jobVerify: Handler<'job.verify', EngineContext> = async (context, { name, mailboxes, bytes }, call) => {
  const { ledger } = context
  const job = await findJob(ledger.db, name)
  await using servers = await openJobServers(context, job, call.emit)
  const limits = createJobLimits(job.settings.limits)
  const totals: { -readonly [Count in keyof VerifyCounts]: VerifyCounts[Count] } & { pairs: number } = {
    pairs: 0,
    checked: 0,
    equal: 0,
    different: 0,
    missing: 0,
    pending: 0,
    extra: 0,
    by: 'listing',
  }
  for (const pair of await chosenPairs(ledger.db, job, mailboxes)) {
    const source = pair.source.address
    if (await isRunning(ledger.db, { pair: pair.id }))
      throw new MailferryError('pair.running', { job: job.name, mailbox: source, operation: 'verify' })
    for await (const { different, source: folder, target, ...counts } of verifyPair(
      { ledger, pair, ...servers, limits, abort: call.signal, stop: call.signal },
      { bytes: bytes === true },
    )) {
      call.emit({ event: 'verified', job: job.name, source, folder, targetFolder: target, different: different.length, ...counts })
      totals.by = counts.by
      totals.different += different.length
      for (const count of ['checked', 'equal', 'missing', 'pending', 'extra'] as const) totals[count] += counts[count]
    }
    totals.pairs += 1
  }
  // A comparison of some mailboxes says nothing of the others.
  if (mailboxes === undefined) await ledger.write(tx => journal(tx, { subject: job.id, what: 'job.verified', detail: { ...totals } }))
  return totals
}
