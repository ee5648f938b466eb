import { hostname, userInfo } from 'node:os'
import { DatabaseSync } from 'node:sqlite'

/** Opens one connection of the ledger; `now` is what `ledger_now()` gives inside its statements, as ISO 8601, and `ledger_who()` the account that this process runs under. */
export function openDatabase(path: string, now: () => number): DatabaseSync {
  const db = new DatabaseSync(path, { timeout: 0, enableForeignKeyConstraints: true, enableDoubleQuotedStringLiterals: false })
  db.function('ledger_now', { deterministic: false }, () => new Date(now()).toISOString())
  db.function('ledger_who', { deterministic: true }, account)
  return db
}

/** `anna@workstation`; the machine alone where the system doesn't know the account's name. */
function account(): string {
  try {
    return `${userInfo().username}@${hostname()}`
  } catch {
    return hostname()
  }
}

/** What every connection sets for itself; it reads the schema, so it can find the ledger busy. Commits are made durable by `WalSync`; a checkpoint, which syncs on the event loop, comes every 16 MB. */
export function configure(db: DatabaseSync): void {
  db.exec(
    'pragma synchronous = normal; pragma wal_autocheckpoint = 4000; pragma temp_store = memory; pragma cache_size = -6000; pragma journal_size_limit = 67108864',
  )
}
