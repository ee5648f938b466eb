import type { Kysely, Transaction } from 'kysely'
import type { LedgerClock } from './clock.ts'
import type { LeaseBook } from './leaseBook.ts'
import type { Schema } from './schema.ts'

/** For reading: the ledger outside a transaction, or within one. */
export type Reader = Kysely<Schema>

export type Tx = Transaction<Schema>

/** The open ledger. Reads go to `db`; everything that writes goes through `write`. */
export interface Ledger extends AsyncDisposable {
  readonly path: string
  /** A connection that can't write. It sees what was committed, never the inside of a transaction. */
  readonly db: Kysely<Schema>
  readonly clock: LedgerClock
  /** What this process's engines have promised and hold. */
  readonly leases: LeaseBook
  /**
   * Runs `work` in one `BEGIN IMMEDIATE` transaction, after those asked for earlier in this process; on the disk when it resolves (see `walSync.ts`).
   * `work` awaits nothing but the transaction. Works that wait at the same time share the transaction's commit, each undone alone if it fails.
   * Another process's lock is waited for asynchronously, with jitter; at last `ledger.busy`.
   */
  write<Result>(work: (tx: Tx) => Promise<Result>): Promise<Result>
  /** Tells within a second that another process wrote. */
  onForeignChange(listener: () => void): Disposable
}
