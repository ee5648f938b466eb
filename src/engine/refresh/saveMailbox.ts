import { MailferryError } from '../../domain/errors.ts'
import type { Job } from '../../domain/job.ts'
import type { Mailbox } from '../../domain/pair.ts'
import { mayOperate } from '../../domain/staleGate.ts'
import { listConnections } from '../../ledger/connections.ts'
import { isRunning } from '../../ledger/leases.ts'
import type { Tx } from '../../ledger/ledger.ts'
import { type Side, setMailbox, withAddress } from '../../ledger/pairMailboxes.ts'
import { getPair } from '../../ledger/pairs.ts'
import type { PairRow } from '../../ledger/rows.ts'

/** `stale`, or `job.running`: what is in the way of refreshing a job's addresses, asked inside the transaction that writes. */
export async function refuseRefresh(tx: Tx, job: Job): Promise<void> {
  const refusal = mayOperate('refreshAddresses', job, await listConnections(tx))
  if (refusal !== undefined) throw refusal
  if (await isRunning(tx, { job: job.id }))
    throw new MailferryError('job.running', { job: job.name, operation: 'refreshing email addresses' })
}

/** Takes over what was found of one side of a pair. Answers whether its address is another now. Throws as `setMailbox` and `refuseRefresh` do. */
export async function saveMailbox(tx: Tx, job: Job, { id }: PairRow, side: Side, found: Mailbox): Promise<boolean> {
  await refuseRefresh(tx, job)
  const before = (await getPair(tx, id))[side]
  const moved = before.address !== found.address
  const known = { ...before, ...found, address: before.address }
  await setMailbox(tx, id, side, moved ? withAddress(known, found.address) : known, moved ? 'pair.addressRefreshed' : 'pair.mailboxLearned')
  return moved
}
