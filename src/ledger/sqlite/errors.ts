import { MailferryError } from '../../domain/errors.ts'

/** What `node:sqlite` throws; `errcode` is SQLite's extended result code (https://sqlite.org/rescode.html). */
interface SqliteError extends Error {
  readonly code: 'ERR_SQLITE_ERROR'
  readonly errcode: number
  readonly errstr: string
}

const isSqliteError = (thrown: unknown): thrown is SqliteError =>
  thrown instanceof Error && 'code' in thrown && thrown.code === 'ERR_SQLITE_ERROR' && 'errcode' in thrown

/** Primary result code, or nothing for what isn't SQLite's. */
const primaryCode = (thrown: unknown): number | undefined => (isSqliteError(thrown) ? thrown.errcode & 0xff : undefined)

const busy = 5
const locked = 6
/** SQLITE_IOERR_SHMSIZE: the `-shm` file could not grow, which is a full disk too. */
const sharedMemorySize = 4874

/** Another connection holds the lock: SQLITE_BUSY with all its extensions (RECOVERY 261, SNAPSHOT 517), and SQLITE_LOCKED. */
export const isBusy = (thrown: unknown): boolean => primaryCode(thrown) === busy || primaryCode(thrown) === locked

/** SQLite's errors as ours where the person can do something about the cause; others come back as they are. */
export function ledgerError(thrown: unknown, path: string): unknown {
  if (!isSqliteError(thrown)) return thrown
  if (thrown.errcode === sharedMemorySize) return new MailferryError('ledger.diskFull', { path }, { cause: thrown })
  switch (thrown.errcode & 0xff) {
    case 13:
      return new MailferryError('ledger.diskFull', { path }, { cause: thrown })
    case 11:
    case 26:
      return new MailferryError('ledger.damaged', { path, detail: thrown.message }, { cause: thrown })
    case 3:
    case 8:
    case 10:
    case 14:
    case 23:
      return new MailferryError('ledger.unwritable', { path, cause: thrown.message }, { cause: thrown })
    default:
      return thrown
  }
}
