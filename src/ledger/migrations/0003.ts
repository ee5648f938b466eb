import type { Migration } from './migration.ts'

/** What people ticked of the steps of a domain's cutover, where no fact tells; `note` is their own words. */
export const migration0003: Migration = {
  version: 3,
  up: db =>
    db.exec(`
      create table cutover_ticks (
        domain text not null,
        step text not null,
        at text not null,
        note text,
        primary key (domain, step)
      ) strict, without rowid;
    `),
}
