import { closeSync, existsSync, openSync, rmSync } from 'node:fs'
import type { DatabaseSync } from 'node:sqlite'
import { MailferryError } from '../domain/errors.ts'
import { applicationId } from './inspect.ts'
import type { Migration } from './migrations/migration.ts'
import { isBusy } from './sqlite/errors.ts'
import { openDatabase } from './sqlite/openDatabase.ts'
import { retryWhileBusy } from './sqlite/retry.ts'

const versionOf = (db: DatabaseSync): number => Number(db.prepare('pragma user_version').get()?.['user_version'])

/**
 * Brings a ledger to the last of `migrations`, all in one transaction, stamped last: a failed upgrade leaves the version as it was.
 * A new file is written in rollback-journal mode, so that its header says whose it is from the first commit on.
 */
export async function upgrade(db: DatabaseSync, path: string, migrations: readonly Migration[], now: () => number): Promise<void> {
  const target = migrations.at(-1)?.version ?? 0
  // Reading waits, too: another process may be making this very ledger.
  if ((await retryWhileBusy(path, () => versionOf(db))) === target) return
  await retryWhileBusy(path, () => db.exec('begin immediate'))
  try {
    // Another process may have done it while this one waited.
    const from = versionOf(db)
    if (from > target) throw new MailferryError('ledger.newer', { path, version: from, supported: target })
    if (from < target) migrate(db, path, migrations, now)
    // In rollback-journal mode a commit waits for whoever is reading; SQLite keeps the transaction until then.
    await retryWhileBusy(path, () => db.exec('commit'))
  } catch (thrown) {
    if (db.isTransaction) db.exec('rollback')
    throw thrown
  }
  // The new version in the file's header, too, so that an older Mailferry need not read the log to see it.
  await retryWhileBusy(path, () => db.exec('pragma wal_checkpoint(truncate)'))
}

function migrate(db: DatabaseSync, path: string, migrations: readonly Migration[], now: () => number): void {
  const from = versionOf(db)
  if (from > 0) refuseUnderLivingEngine(db, path)
  const backup = from > 0 ? backUp(path, from, now) : ''
  for (const migration of migrations.filter(({ version }) => version > from)) {
    try {
      migration.up(db)
      if (db.prepare('pragma foreign_key_check').get() !== undefined) throw new Error('a row refers to one that does not exist')
    } catch (thrown) {
      if (isBusy(thrown)) throw thrown
      const detail = thrown instanceof Error ? thrown.message : String(thrown)
      throw new MailferryError('ledger.upgradeFailed', { path, version: migration.version, backup, detail }, { cause: thrown })
    }
    db.exec(`pragma user_version = ${migration.version}`)
  }
  db.exec(`pragma application_id = ${applicationId}`)
}

/** Every schema has had an `engines` table with these columns, and always will: an upgrade depends on it. */
function refuseUnderLivingEngine(db: DatabaseSync, path: string): void {
  const engine = db.prepare('select host, pid, version from engines where alive_until > ledger_now() limit 1').get()
  if (engine === undefined) return
  const name = `Mailferry ${engine['version']} on ${engine['host']}, process ${engine['pid']}`
  throw new MailferryError('ledger.engineAlive', { path, engine: name })
}

/**
 * Copies the ledger as it was last committed, over a connection of its own; the caller's write lock keeps it so until the upgrade ends.
 * For this person's eyes only, like the ledger. An earlier backup is never written over.
 */
function backUp(path: string, version: number, now: () => number): string {
  const stamp = new Date(now()).toISOString().replace(/[-:]|\.\d+/g, '')
  const base = `${path}.version-${version}.${stamp}.backup`
  let backup = base
  for (let n = 2; existsSync(backup); n += 1) backup = `${base}-${n}`
  closeSync(openSync(backup, 'wx', 0o600))
  const reader = openDatabase(path, now)
  try {
    reader.prepare('vacuum into ?').run(backup)
  } catch (thrown) {
    rmSync(backup)
    throw thrown
  } finally {
    reader.close()
  }
  return backup
}
