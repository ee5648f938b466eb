import type { Migration } from './migration.ts'

/**
 * The first schema. Dates are UTC ISO 8601 text, sizes bytes, JSON columns text; `change` is the change number of the row's last write.
 *
 * `items` holds ten million rows, so it is clustered by (folder, source key), keeps flags only where there are any, its state as a small
 * integer (see `itemStates.ts`) and `received` in milliseconds. `source_key` is `any`: an IMAP UID stays an integer and sorts as one,
 * Exchange's ids stay text. The states above 3 are the open ones, which are few and looked for: only they are indexed.
 */
export const migration0001: Migration = {
  version: 1,
  up: db => db.exec(schema),
}

const schema = `
create table change_number (
  id integer primary key check (id = 1),
  n integer not null
) strict;
insert into change_number (id, n) values (1, 0);

create table engines (
  id text primary key,
  host text not null,
  pid integer not null,
  version text not null,
  started text not null,
  alive_until text not null
) strict, without rowid;

create table connections (
  id text primary key,
  name text not null,
  name_key text not null unique,
  role text not null check (role in ('source', 'target')),
  kind text not null,
  settings text not null,
  verification text not null,
  secret text,
  change integer not null
) strict, without rowid;
create index connections_change on connections (change);

create table jobs (
  id text primary key,
  name text not null,
  name_key text not null unique,
  source text not null references connections (id),
  target text not null references connections (id),
  settings text not null,
  wanted text not null check (wanted in ('run', 'stop')),
  change integer not null
) strict, without rowid;
create index jobs_source on jobs (source);
create index jobs_target on jobs (target);
create index jobs_change on jobs (change);

create table pairs (
  id text primary key,
  job text not null references jobs (id) on delete cascade,
  source_key text not null,
  source text not null,
  target_key text not null,
  target text not null,
  priority integer not null,
  state text not null,
  detail text not null,
  wake text,
  owner text,
  epoch integer not null,
  counts text not null,
  folder text,
  source_incarnation text,
  target_incarnation text,
  adopt integer not null,
  change integer not null,
  unique (job, source_key),
  unique (job, target_key)
) strict;
create index pairs_queue on pairs (job, state, priority desc, source_key);
create index pairs_job_order on pairs (job, priority desc, source_key);
create index pairs_owner on pairs (owner) where owner is not null;
create index pairs_target on pairs (target_key);
create index pairs_change on pairs (change);

create table removed (
  change integer primary key,
  kind text not null,
  id text not null
) strict;

create table folders (
  id integer primary key autoincrement,
  pair text references pairs (id) on delete set null,
  source_id text not null,
  source_path text not null,
  source_validity text not null,
  role text,
  target_id text,
  target_path text,
  target_validity text,
  checkpoint text,
  version text,
  intent_next integer,
  excluded text,
  error text,
  unique (pair, source_path)
) strict;

create table items (
  folder integer not null references folders (id),
  source_key any not null,
  state integer not null,
  size integer not null,
  received integer not null,
  flags text,
  target_key any,
  target_flags text,
  digest blob,
  reason text,
  error text,
  attempts integer not null,
  verified integer not null,
  primary key (folder, source_key)
) strict, without rowid;
create index items_open on items (folder, state) where state > 3;

create table journal (
  id integer primary key,
  at text not null,
  subject text not null,
  what text not null,
  detail text
) strict;
create index journal_subject on journal (subject, id);
`
