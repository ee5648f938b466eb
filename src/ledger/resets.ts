import { MailferryError } from '../domain/errors.ts'
import type { PairId } from '../domain/ids.ts'
import type { StoredError } from '../domain/pair.ts'
import { mayOperate } from '../domain/staleGate.ts'
import { nextChange } from './changeNumber.ts'
import { listConnections } from './connections.ts'
import { checkLease } from './fence.ts'
import { findJob } from './jobs.ts'
import { journal } from './journal.ts'
import type { Lease } from './leaseBook.ts'
import { isRunning } from './leases.ts'
import type { Tx } from './ledger.ts'
import { forgetIdentity, type Side } from './pairMailboxes.ts'
import { getPair, noCounts } from './pairs.ts'

/** The three ways to reset; the work on the target for the second is done before. */
export type ResetMode = 'forget' | 'remove' | 'adopt'

export interface ForgetOptions {
  readonly mode: ResetMode
  /** The lease under which the pair was prepared; without one it must not be running. */
  readonly lease?: Lease
}

/**
 * Forgets all that is known of a pair's folders and items. With `adopt` the pair remembers that what lies in the target has to be matched
 * before anything is written. A person who resets a pair whose mailbox was replaced has decided that today's is the right one. The rows themselves go by `sweepForgotten`. Throws `pair.running`, `lease.lost`, and `stale` for a stale connection's job.
 */
export async function forgetPair(tx: Tx, id: PairId, { mode, lease }: ForgetOptions): Promise<void> {
  const pair = await getPair(tx, id)
  const job = await findJob(tx, pair.job)
  const refusal = mayOperate('reset', job, await listConnections(tx))
  if (refusal !== undefined) throw refusal
  if (lease !== undefined) await checkLease(tx, lease)
  else if (await isRunning(tx, { pair: id })) {
    throw new MailferryError('pair.running', { job: job.name, mailbox: pair.source.address, operation: 'reset' })
  }
  const { state: before } = pair
  if (before.state === 'waiting' && before.error.code === 'mailbox.replaced') await forgetIdentity(tx, id, replacedSide(before.error))
  await tx.updateTable('folders').set({ pair: null }).where('pair', '=', id).execute()
  const state = lease === undefined ? { state: 'new', detail: '{}', owner: null, wake: null } : {}
  await tx
    .updateTable('pairs')
    .set({
      ...state,
      counts: JSON.stringify(noCounts),
      folder: null,
      source_incarnation: null,
      target_incarnation: null,
      adopt: mode === 'adopt' ? 1 : 0,
    })
    .set({ change: await nextChange(tx) })
    .where('id', '=', id)
    .execute()
  await journal(tx, { subject: id, what: 'pair.reset', detail: { mode } })
}

/** Of a pair that waits for a person because of it. */
const replacedSide = ({ params }: StoredError): Side => ('side' in params && params.side === 'source' ? 'source' : 'target')

/** What lay in the target has been matched completely: from now on the pair is like any other. */
export async function adoptionDone(tx: Tx, lease: Lease): Promise<void> {
  await checkLease(tx, lease)
  await tx
    .updateTable('pairs')
    .set({ adopt: 0, change: await nextChange(tx) })
    .where('id', '=', lease.pair)
    .execute()
}
