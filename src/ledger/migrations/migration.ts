import type { DatabaseSync } from 'node:sqlite'

/** One step of the schema. It runs inside the upgrade's transaction and must leave foreign keys whole. */
export interface Migration {
  /** The `user_version` the ledger has afterwards. */
  readonly version: number
  up(db: DatabaseSync): void
}
