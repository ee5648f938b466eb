import { MailferryError } from '../../domain/errors.ts'
import { noteOfJob } from '../../ledger/editJobs.ts'
import { findJob } from '../../ledger/jobs.ts'
import { isRunning } from '../../ledger/leases.ts'
import type { PairRow } from '../../ledger/rows.ts'
import { inParallel } from '../../migration/inParallel.ts'
import { createJobLimits } from '../../migration/throttle.ts'
import { type VerifyRun, verifyPair } from '../../migration/verifyPair.ts'
import type { VerifyCounts } from '../../rpc/counts.ts'
import type { Call, Handler } from '../../rpc/protocol.ts'
import { chosenPairs } from '../chosenPairs.ts'
import type { EngineContext } from '../context.ts'
import { openJobServers } from '../jobServers.ts'

type Totals = { -readonly [Count in keyof VerifyCounts]: VerifyCounts[Count] }

/**
 * Compares both sides as they are now with what the ledger says was written, as many mailboxes at once as the job migrates. Reads only, and journals the result.
 * Throws `pair.running`.
 */
export const jobVerify: Handler<'job.verify', EngineContext> = async (context, { name, mailboxes, bytes }, call) => {
  const { ledger } = context
  const job = await findJob(ledger.db, name)
  await using servers = await openJobServers(context, job, call.emit)
  const run = { ledger, job, ...servers, limits: createJobLimits(job.settings.limits), abort: call.signal, stop: call.signal }
  const totals = { pairs: 0, ...noCounts }
  const pairs = await chosenPairs(ledger.db, job, mailboxes)
  for await (const counts of inParallel(pairs, job.settings.limits.pairsAtOnce, pair =>
    verifyMailbox({ ...run, pair }, bytes === true, call),
  )) {
    totals.by = counts.by
    for (const count of ['checked', 'equal', 'different', 'missing', 'pending', 'extra'] as const) totals[count] += counts[count]
    totals.pairs += 1
  }
  // A comparison of some mailboxes says nothing of the others.
  if (mailboxes === undefined) await ledger.write(tx => noteOfJob(tx, job.id, 'job.verified', { ...totals }))
  return totals
}

const noCounts: Totals = { checked: 0, equal: 0, different: 0, missing: 0, pending: 0, extra: 0, by: 'listing' }

/** One mailbox, told folder by folder. */
async function verifyMailbox(run: VerifyRun & { readonly pair: PairRow }, bytes: boolean, call: Call): Promise<Totals> {
  const { name } = run.job
  const source = run.pair.source.address
  if (await isRunning(run.ledger.db, { pair: run.pair.id }))
    throw new MailferryError('pair.running', { job: name, mailbox: source, operation: 'verify' })
  const totals = { ...noCounts }
  for await (const { different, source: folder, target, ...counts } of verifyPair(run, { bytes })) {
    call.emit({ event: 'verified', job: name, source, folder, targetFolder: target, different: different.length, ...counts })
    totals.by = counts.by
    totals.different += different.length
    for (const count of ['checked', 'equal', 'missing', 'pending', 'extra'] as const) totals[count] += counts[count]
  }
  return totals
}
