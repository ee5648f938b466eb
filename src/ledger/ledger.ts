import type { Kysely, Transaction } from 'kysely'
import type { Schema } from './schema.ts'

/** The open ledger. Reads go to `db`; everything that writes goes through `write`. */
export interface Ledger extends AsyncDisposable {
  readonly path: string
  readonly db: Kysely<Schema>
  /**
   * Runs `work` in one `BEGIN IMMEDIATE` transaction, after those asked for earlier in this process; durable (synchronous FULL) when it resolves.
   * `work` awaits nothing but the transaction. Another process's lock is waited for asynchronously, with jitter; at last `ledger.busy`.
   */
  write<Result>(work: (tx: Transaction<Schema>) => Promise<Result>): Promise<Result>
  /** Tells within a second that another process wrote. */
  onForeignChange(listener: () => void): Disposable
}
