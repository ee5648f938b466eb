import type { ColumnType, Generated } from 'kysely'

/** Text, written and read as it is. */
type Nullable<T> = T | null

/** Tables of the ledger, one property each; `migrations/` says what is indexed and why. */
export interface Schema {
  change_number: { id: number; n: number }
  engines: EnginesTable
  connections: ConnectionsTable
  jobs: JobsTable
  pairs: PairsTable
  removed: { change: number; kind: 'connection' | 'job' | 'pair'; id: string }
  folders: FoldersTable
  items: ItemsTable
  journal: JournalTable
  cutover_ticks: CutoverTicksTable
}

export interface EnginesTable {
  id: string
  host: string
  pid: number
  version: string
  started: string
  /** Until when this engine's leases hold. */
  alive_until: string
}

export interface ConnectionsTable {
  id: ColumnType<string, string, never>
  name: string
  /** The name as it is compared: `nameKey`. */
  name_key: string
  role: ColumnType<'source' | 'target', 'source' | 'target', never>
  kind: ColumnType<string, string, never>
  settings: string
  verification: string
  /** Where its secret is had, as JSON; never the secret. */
  secret: Nullable<string>
  change: number
}

export interface JobsTable {
  id: ColumnType<string, string, never>
  name: string
  name_key: string
  source: ColumnType<string, string, never>
  target: ColumnType<string, string, never>
  settings: string
  wanted: 'run' | 'stop'
  change: number
}

export interface PairsTable {
  id: ColumnType<string, string, never>
  job: ColumnType<string, string, never>
  /** The mailbox as it is compared: `mailboxKey`. */
  source_key: string
  source: string
  target_key: string
  target: string
  priority: number
  state: string
  /** What the state has beside its name, as JSON. */
  detail: string
  /** When a waiting pair may be tried again without anybody asking. */
  wake: Nullable<string>
  /** Exactly while it runs; the engine's row may be gone already. */
  owner: Nullable<string>
  /** Counts the claims; never goes back. */
  epoch: number
  counts: string
  /** The folder being worked on, for progress. */
  folder: Nullable<string>
  source_incarnation: Nullable<string>
  target_incarnation: Nullable<string>
  adopt: number
  change: number
}

export interface FoldersTable {
  id: Generated<number>
  /** Null: forgotten, its items wait for `sweepForgotten`. */
  pair: Nullable<string>
  source_id: string
  source_path: string
  source_validity: string
  role: Nullable<string>
  target_id: Nullable<string>
  target_path: Nullable<string>
  target_validity: Nullable<string>
  checkpoint: Nullable<string>
  version: Nullable<string>
  intent_next: Nullable<number>
  excluded: Nullable<string>
  error: Nullable<string>
}

export interface ItemsTable {
  folder: number
  source_key: number | string
  /** See `itemStates.ts`. */
  state: number
  size: number
  received: number
  flags: Nullable<string>
  target_key: Nullable<number | string>
  target_flags: Nullable<string>
  digest: Nullable<Uint8Array>
  reason: Nullable<string>
  error: Nullable<string>
  attempts: number
  verified: number
  version: Nullable<string>
  target_version: Nullable<string>
  /** Null: a message's bytes. See `itemStates.ts`. */
  format: Nullable<number>
  /** 1 while a written item waits for its marker. */
  unmarked: Nullable<number>
}

export interface JournalTable {
  id: Generated<number>
  at: string
  subject: string
  what: string
  detail: Nullable<string>
}

export interface CutoverTicksTable {
  domain: string
  step: string
  at: string
  note: Nullable<string>
}
