import type { Migration } from './migration.ts'

/**
 * For servers whose items change and don't come back byte for byte. `version` and `target_version`: what the two servers called the item's state
 * when it was last carried over. `format`: null for a message's bytes, 1 for a full-fidelity stream. `unmarked`: 1 while a written item still waits
 * for its marker; few rows do, so they have an index of their own. All are null for IMAP and cost a byte each there.
 */
export const migration0002: Migration = {
  version: 2,
  up: db =>
    db.exec(`
      alter table items add column version text;
      alter table items add column target_version text;
      alter table items add column format integer;
      alter table items add column unmarked integer;
      create index items_unmarked on items (folder) where unmarked = 1;
    `),
}
