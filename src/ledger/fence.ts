import { MailferryError } from '../domain/errors.ts'
import type { Lease } from './leaseBook.ts'
import type { Tx } from './ledger.ts'

/** Throws `lease.lost` unless the lease's engine still owns the pair under the lease's epoch. Holds until the transaction ends. */
export async function checkLease(tx: Tx, { pair, engine, epoch }: Lease): Promise<void> {
  const owned = await tx
    .selectFrom('pairs')
    .select('id')
    .where('id', '=', pair)
    .where('state', '=', 'running')
    .where('owner', '=', engine)
    .where('epoch', '=', epoch)
    .executeTakeFirst()
  if (owned === undefined) throw new MailferryError('lease.lost', { pair })
}
