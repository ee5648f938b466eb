import { existsSync, statSync } from 'node:fs'
import { open } from 'node:fs/promises'
import { DatabaseSync } from 'node:sqlite'
import { pathToFileURL } from 'node:url'
import { isDeepStrictEqual } from 'node:util'
import { MailferryError } from '../domain/errors.ts'
import { retryWhileBusy } from './sqlite/retry.ts'

/** "MFLG": marks a database as a Mailferry ledger (`PRAGMA application_id`). */
export const applicationId = 0x4d46_4c47

/** A ledger up to this size is checked whole whenever it is opened; a larger one only when something looks wrong. Bytes. */
const alwaysCheckedSize = 8 * 1024 * 1024

/** What a file is before anything is written to it. A `fresh` one is missing or empty. */
export type Inspected = { readonly state: 'fresh' } | { readonly state: 'ledger'; readonly version: number }

/**
 * Looks at a file without changing a byte of it: throws `ledger.foreign`, `ledger.newer` or `ledger.damaged` where it is not for this
 * version to write. The header is read directly; only what calls itself a ledger is shown to SQLite, over a connection that can't write.
 */
export async function inspect(path: string, supported: number): Promise<Inspected> {
  const header = await readHeader(path)
  if (header === undefined) return { state: 'fresh' }
  if (!header.sqlite || (!header.short && header.applicationId !== applicationId)) throw new MailferryError('ledger.foreign', { path })
  if (header.short) throw new MailferryError('ledger.damaged', { path, detail: `the file has only ${header.size} bytes` })
  if (header.version > supported) throw new MailferryError('ledger.newer', { path, version: header.version, supported })
  const suspicious = header.size < header.pages * header.pageSize || header.size % header.pageSize !== 0
  const found = await retryWhileBusy(path, () => askSqlite(path, suspicious || header.size <= alwaysCheckedSize))
  if (found.version > supported) throw new MailferryError('ledger.newer', { path, version: found.version, supported })
  if (found.problem !== undefined) throw new MailferryError('ledger.damaged', { path, detail: found.problem })
  return { state: 'ledger', version: found.version }
}

interface Answer {
  readonly version: number
  readonly problem: string | undefined
}

/** What the last commit says, which may still be in the write-ahead log, and the first problem found. */
function askSqlite(path: string, whole: boolean): Answer {
  const before = stampOf(path)
  if (before.inUse) return ask(path, whole)
  // Nobody has it open. SQLite is told that it stays so, or it would make a log and leave it behind.
  const url = pathToFileURL(path)
  url.searchParams.set('immutable', '1')
  try {
    const answer = ask(url, whole)
    if (answer.problem === undefined || isDeepStrictEqual(stampOf(path), before)) return answer
  } catch (thrown) {
    if (isDeepStrictEqual(stampOf(path), before)) throw thrown
  }
  // Somebody opened it in this very instant: what looked like damage was a write seen by halves.
  return ask(path, whole)
}

function stampOf(path: string) {
  const { size, mtimeMs } = statSync(path)
  return { size, mtimeMs, inUse: existsSync(`${path}-wal`) || existsSync(`${path}-journal`) }
}

function ask(path: string | URL, whole: boolean): Answer {
  const db = new DatabaseSync(path, { readOnly: true, timeout: 0 })
  try {
    const version = Number(db.prepare('pragma user_version').get()?.['user_version'])
    const check = db.prepare(whole ? 'pragma quick_check(1)' : "select 'ok' as quick_check from sqlite_schema limit 1").get()?.[
      'quick_check'
    ]
    return { version, problem: check === 'ok' ? undefined : String(check) }
  } finally {
    db.close()
  }
}

/** The fields of SQLite's database header that matter here (https://sqlite.org/fileformat.html, section 1.3). */
async function readHeader(path: string) {
  if (!existsSync(path)) return undefined
  if (!statSync(path).isFile()) throw new MailferryError('ledger.unwritable', { path, cause: 'it is not a file' })
  await using file = await open(path, 'r')
  const { size } = await file.stat()
  if (size === 0) return undefined
  const { buffer: header, bytesRead } = await file.read(Buffer.alloc(100), 0, 100, 0)
  const pageSize = header.readUInt16BE(16)
  return {
    size,
    sqlite: header.subarray(0, Math.min(bytesRead, 16)).equals(Buffer.from('SQLite format 3\0').subarray(0, bytesRead)),
    short: bytesRead < 100,
    pageSize: pageSize === 1 ? 65536 : pageSize,
    pages: header.readUInt32BE(28),
    version: header.readUInt32BE(60),
    applicationId: header.readUInt32BE(68),
  }
}
