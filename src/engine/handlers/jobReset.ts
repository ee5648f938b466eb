import { MailferryError } from '../../domain/errors.ts'
import type { Job } from '../../domain/job.ts'
import { mayOperate } from '../../domain/staleGate.ts'
import { claimOne } from '../../ledger/claimOne.ts'
import { listConnections } from '../../ledger/connections.ts'
import { findJob } from '../../ledger/jobs.ts'
import type { Lease } from '../../ledger/leaseBook.ts'
import { releasePair } from '../../ledger/leases.ts'
import type { Ledger } from '../../ledger/ledger.ts'
import { openPairWriter } from '../../ledger/openPairWriter.ts'
import { forgetPair } from '../../ledger/resets.ts'
import type { PairRow } from '../../ledger/rows.ts'
import { sweepForgotten } from '../../ledger/sweepForgotten.ts'
import { type Removed, removeWritten } from '../../migration/removeWritten.ts'
import { createJobLimits } from '../../migration/throttle.ts'
import type { Call, Handler } from '../../rpc/protocol.ts'
import { chosenPairs } from '../chosenPairs.ts'
import type { EngineContext } from '../context.ts'
import { type JobServers, openJobServers } from '../jobServers.ts'

/**
 * Forgets what is known of pairs' items, in one of three ways; `remove` first takes from the target, recoverably, what we wrote and nobody
 * changed since. Pair by pair, so that a failure leaves the others as they were. Throws `pair.running`, `stale`.
 */
export const jobReset: Handler<'job.reset', EngineContext> = async (context, { name, mode, mailboxes }, call) => {
  const { ledger } = context
  const job = await findJob(ledger.db, name)
  const pairs = await chosenPairs(ledger.db, job, mailboxes)
  await using servers = mode === 'remove' ? await openJobServers(context, job, call.emit) : undefined
  let done = 0
  for (const pair of pairs) {
    if (call.signal.aborted)
      throw new MailferryError('stopped', { what: `resetting “${job.name}”, after ${done} of ${pairs.length} mailboxes` })
    const removed = servers === undefined ? undefined : await remove(context, servers, job, pair, call)
    if (removed === undefined) await ledger.write(tx => forgetPair(tx, pair.id, { mode }))
    call.emit({ event: 'reset', job: job.name, source: pair.source.address, mode, ...removed })
    done += 1
  }
  await sweepForgotten(ledger, call.signal)
  return { pairs: done }
}

/** Under a lease, for it writes to the target. */
async function remove(context: EngineContext, servers: JobServers, job: Job, pair: PairRow, call: Call): Promise<Removed> {
  const { ledger } = context
  const refusal = mayOperate('reset', job, await listConnections(ledger.db))
  if (refusal !== undefined) throw refusal
  const lease = await claimOne(ledger, (await context.engine()).id, pair.id)
  if (lease === undefined) throw new MailferryError('pair.running', { job: job.name, mailbox: pair.source.address, operation: 'reset' })
  let end: 'new' | 'stopped' = 'stopped'
  try {
    const removed = await removeUnder(lease, ledger, servers, job, pair, call)
    await ledger.write(tx => forgetPair(tx, pair.id, { mode: 'remove', lease }))
    end = 'new'
    return removed
  } finally {
    await releasePair(ledger, lease, { state: end })
  }
}

async function removeUnder(
  lease: Lease,
  ledger: Ledger,
  servers: JobServers,
  job: Job,
  pair: PairRow,
  { signal: stop }: Call,
): Promise<Removed> {
  await using writer = openPairWriter(ledger, lease)
  const limits = createJobLimits(job.settings.limits)
  const removed = await removeWritten({ ledger, writer, job, pair, ...servers, limits, abort: writer.lost, stop, progress() {} })
  if (stop.aborted) throw new MailferryError('stopped', { what: `removing what was written to “${pair.target.address}”` })
  return removed
}
