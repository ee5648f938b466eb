import { accessSync, closeSync, constants, existsSync, mkdirSync, openSync } from 'node:fs'
import { dirname, resolve } from 'node:path'
import type { DatabaseSync } from 'node:sqlite'
import { Kysely } from 'kysely'
import { MailferryError } from '../domain/errors.ts'
import type { LedgerClock } from './clock.ts'
import { ForeignChanges } from './foreignChange.ts'
import { inspect } from './inspect.ts'
import { LeaseBook } from './leaseBook.ts'
import type { Ledger } from './ledger.ts'
import { migrations as allMigrations } from './migrations/index.ts'
import type { Migration } from './migrations/migration.ts'
import { networkFileSystem } from './networkFileSystem.ts'
import type { Schema } from './schema.ts'
import { sqliteDialect } from './sqlite/dialect.ts'
import { ledgerError } from './sqlite/errors.ts'
import { configure, openDatabase } from './sqlite/openDatabase.ts'
import { retryWhileBusy } from './sqlite/retry.ts'
import { upgrade } from './upgrade.ts'
import { WriteQueue } from './writeQueue.ts'

export interface OpenLedgerOptions {
  /** Milliseconds since the epoch; `Date.now` unless a test has its own. */
  readonly now?: () => number
  /** Milliseconds; `performance.now` unless a test has its own. */
  readonly monotonic?: () => number
  /** What makes the schema; a test of upgrading gives its own. */
  readonly migrations?: readonly Migration[]
  /** Tells the type of the network file system a file or folder lies on. */
  readonly networkFileSystem?: (path: string) => string | undefined
}

/**
 * Opens the ledger at `path`, making it and its folder where there is none, for this person's eyes only.
 * Refuses, with the file untouched, what is no ledger (`ledger.foreign`), a newer one (`ledger.newer`), a broken one (`ledger.damaged`),
 * one on a network file system (`ledger.network`), and an older one that another engine is using (`ledger.engineAlive`).
 */
export async function openLedger(path: string, options: OpenLedgerOptions = {}): Promise<Ledger> {
  const file = resolve(path)
  const clock = { now: options.now ?? Date.now, monotonic: options.monotonic ?? (() => performance.now()) }
  const migrations = options.migrations ?? allMigrations
  const version = migrations.at(-1)?.version ?? 0
  await accessing(file, async () => {
    mkdirSync(dirname(file), { recursive: true, mode: 0o700 })
    refuseNetwork(file, options.networkFileSystem ?? networkFileSystem)
    const found = await inspect(file, version)
    // Made here and not by SQLite, which would let others read it; `-wal` and `-shm` take its mode.
    if (found.state === 'fresh') closeSync(openSync(file, 'a', 0o600))
    // Without these SQLite would open it for reading only, and say so at the first write.
    accessSync(file, constants.R_OK | constants.W_OK)
    accessSync(dirname(file), constants.W_OK)
  })
  const writer = openDatabase(file, clock.now)
  try {
    await accessing(file, () => upgrade(writer, file, migrations, clock.now))
    await retryWhileBusy(file, () => writer.exec('pragma journal_mode = wal'))
    await retryWhileBusy(file, () => configure(writer))
    return ledgerOver(writer, await openReader(file, clock), file, clock, version)
  } catch (thrown) {
    writer.close()
    throw ledgerError(thrown, file)
  }
}

async function openReader(path: string, clock: LedgerClock): Promise<DatabaseSync> {
  const reader = openDatabase(path, clock.now)
  try {
    await retryWhileBusy(path, () => configure(reader))
    reader.exec('pragma query_only = on')
    return reader
  } catch (thrown) {
    reader.close()
    throw thrown
  }
}

function ledgerOver(writer: DatabaseSync, reader: DatabaseSync, path: string, clock: LedgerClock, version: number): Ledger {
  const writing = new Kysely<Schema>({ dialect: sqliteDialect(writer, path) })
  const db = new Kysely<Schema>({ dialect: sqliteDialect(reader, path) })
  const queue = new WriteQueue(writer, writing, path, version)
  const foreign = new ForeignChanges(writer)
  return {
    path,
    db,
    clock,
    leases: new LeaseBook(clock),
    write: work => queue.write(work),
    onForeignChange: listener => foreign.listen(listener),
    [Symbol.asyncDispose]: async () => {
      await queue.close()
      foreign.stop()
      if (reader.isOpen) reader.close()
      if (writer.isOpen) writer.close()
    },
  }
}

function refuseNetwork(path: string, typeOf: (path: string) => string | undefined): void {
  const fileSystem = typeOf(existsSync(path) ? path : dirname(path))
  if (fileSystem !== undefined) throw new MailferryError('ledger.network', { path, fileSystem })
}

/** Turns the file system's refusals into ours. */
async function accessing<Result>(path: string, work: () => Promise<Result>): Promise<Result> {
  try {
    return await work()
  } catch (thrown) {
    if (thrown instanceof Error && 'syscall' in thrown && 'code' in thrown) {
      if (thrown.code === 'ENOSPC') throw new MailferryError('ledger.diskFull', { path }, { cause: thrown })
      throw new MailferryError('ledger.unwritable', { path, cause: thrown.message }, { cause: thrown })
    }
    throw ledgerError(thrown, path)
  }
}
