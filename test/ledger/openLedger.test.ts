import assert from 'node:assert/strict'
import { createHash } from 'node:crypto'
import { mkdirSync, readdirSync, readFileSync, statSync, truncateSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { DatabaseSync } from 'node:sqlite'
import { sql } from 'kysely'
import type { MailferryError } from '../../src/domain/errors.ts'
import { journal } from '../../src/ledger/journal.ts'
import { migrations } from '../../src/ledger/migrations/index.ts'
import { openLedger } from '../../src/ledger/openLedger.ts'
import { tempDir } from '../support/tempDir.ts'
import { makeJob } from './support.ts'

const supported = migrations.length

describe('opening a ledger', () => {
  it('makes it, and its folder, for this person alone', async () => {
    using dir = tempDir()
    const path = join(dir.path, 'deep', 'down', 'ledger.db')
    await using ledger = await openLedger(path)
    assert.equal(ledger.path, path)
    assert.equal(statSync(path).mode & 0o777, 0o600)
    assert.equal(statSync(join(dir.path, 'deep')).mode & 0o777, 0o700)
    for (const name of readdirSync(join(dir.path, 'deep', 'down')))
      assert.equal(statSync(join(dir.path, 'deep', 'down', name)).mode & 0o077, 0)
  })

  it('marks the file as a Mailferry ledger and says its version, in the very header', async () => {
    using dir = tempDir()
    const path = join(dir.path, 'ledger.db')
    await using _ = await openLedger(path)
    const header = readFileSync(path)
    assert.equal(header.toString('latin1', 68, 72), 'MFLG')
    assert.equal(header.readUInt32BE(60), supported)
  })

  it('works in WAL mode, leaving each commit’s sync to `WalSync`, with foreign keys, and never sleeps in SQLite', async () => {
    using dir = tempDir()
    await using ledger = await openLedger(join(dir.path, 'ledger.db'))
    const settings = await ledger.write(async tx => {
      const ask = async (name: string) =>
        Object.values((await sql<Record<string, unknown>>`${sql.raw(`pragma ${name}`)}`.execute(tx)).rows[0] ?? {})[0]
      return [await ask('journal_mode'), await ask('synchronous'), await ask('foreign_keys'), await ask('busy_timeout')]
    })
    assert.deepEqual(settings, ['wal', 1, 1, 0])
  })

  it('finds what was written before', async () => {
    using dir = tempDir()
    const path = join(dir.path, 'ledger.db')
    {
      await using ledger = await openLedger(path)
      await makeJob(ledger, ['ann@example.org'])
    }
    await using again = await openLedger(path)
    const { rows } = await sql<{ n: number }>`select count(*) as n from pairs`.execute(again.db)
    assert.equal(rows[0]?.n, 1)
  })

  it('can be opened several times at once while it does not exist yet', async () => {
    using dir = tempDir()
    const path = join(dir.path, 'ledger.db')
    const ledgers = await Promise.all(Array.from({ length: 5 }, () => openLedger(path)))
    await Promise.all(ledgers.map((ledger, n) => ledger.write(tx => journal(tx, { subject: `${n}`, what: 'job.started' }))))
    for (const ledger of ledgers) await ledger[Symbol.asyncDispose]()
  })
})

describe('a file that is refused', () => {
  it('is left byte for byte when it is no database', async () => {
    using dir = tempDir()
    const path = join(dir.path, 'letter.txt')
    writeFileSync(path, 'Dear Ann, '.repeat(100))
    await assertRefused(dir.path, path, { code: 'ledger.foreign', params: { path } })
  })

  it('is left byte for byte when it is a database of another program', async () => {
    using dir = tempDir()
    const path = join(dir.path, 'other.db')
    const db = new DatabaseSync(path)
    db.exec('pragma journal_mode = wal; create table places (url)')
    db.close()
    await assertRefused(dir.path, path, { code: 'ledger.foreign', params: { path } })
  })

  it('is left byte for byte when a newer Mailferry made it', async () => {
    using dir = tempDir()
    const path = await closedLedger(dir.path, db => db.exec('pragma user_version = 77'))
    await assertRefused(dir.path, path, { code: 'ledger.newer', params: { path, version: 77, supported } })
  })

  it('is left byte for byte when a newer Mailferry has it open and its version is still in the log', async () => {
    using dir = tempDir()
    const path = await closedLedger(dir.path)
    const newer = new DatabaseSync(path)
    newer.exec('pragma user_version = 77')
    await assertRefused(dir.path, path, { code: 'ledger.newer', params: { path, version: 77, supported } })
    newer.close()
  })

  it('is left byte for byte when it was cut off', async () => {
    using dir = tempDir()
    const path = await closedLedger(dir.path)
    truncateSync(path, statSync(path).size - 4096 * 3 - 100)
    const error = await assertRefused(dir.path, path, { code: 'ledger.damaged' })
    assert.ok('detail' in error.params && error.params.detail !== '')
  })

  it('is left byte for byte when only its first bytes are left', async () => {
    using dir = tempDir()
    const path = await closedLedger(dir.path)
    truncateSync(path, 50)
    await assertRefused(dir.path, path, { code: 'ledger.damaged' })
  })

  it('is left byte for byte when a page of it is garbage', async () => {
    using dir = tempDir()
    const path = await closedLedger(dir.path)
    const bytes = readFileSync(path)
    bytes.fill(0xa5, 4096 * 4, 4096 * 5)
    writeFileSync(path, bytes)
    await assertRefused(dir.path, path, { code: 'ledger.damaged' })
  })

  it('is left byte for byte when its schema is garbage', async () => {
    using dir = tempDir()
    const path = await closedLedger(dir.path)
    const bytes = readFileSync(path)
    bytes.fill(0, 100, 4096)
    writeFileSync(path, bytes)
    await assertRefused(dir.path, path, { code: 'ledger.damaged' })
  })

  it('is named with its cause when it is a folder', async () => {
    using dir = tempDir()
    const path = join(dir.path, 'ledger.db')
    mkdirSync(path)
    await assert.rejects(openLedger(path), { code: 'ledger.unwritable' })
  })

  it('is named with its cause when its folder can’t be made', async () => {
    using dir = tempDir()
    writeFileSync(join(dir.path, 'file'), '')
    await assert.rejects(openLedger(join(dir.path, 'file', 'ledger.db')), { code: 'ledger.unwritable' })
  })

  it('is not even made on a network file system', async () => {
    using dir = tempDir()
    const path = join(dir.path, 'share', 'ledger.db')
    await assert.rejects(openLedger(path, { networkFileSystem: () => 'nfs4' }), {
      code: 'ledger.network',
      params: { path, fileSystem: 'nfs4' },
    })
    assert.deepEqual(readdirSync(join(dir.path, 'share')), [])
  })
})

/** A ledger that nobody has open, after `change` was done to it. */
async function closedLedger(dir: string, change: (db: DatabaseSync) => void = () => {}): Promise<string> {
  const path = join(dir, 'ledger.db')
  const ledger = await openLedger(path)
  await makeJob(
    ledger,
    Array.from({ length: 200 }, (_, n) => `user${n}@example.org`),
  )
  await ledger[Symbol.asyncDispose]()
  const db = new DatabaseSync(path)
  change(db)
  db.close()
  return path
}

async function assertRefused(dir: string, path: string, expected: object): Promise<MailferryError> {
  const files = () =>
    readdirSync(dir).map(
      name =>
        `${name} ${
          name.endsWith('-shm')
            ? ''
            : createHash('sha256')
                .update(readFileSync(join(dir, name)))
                .digest('hex')
        }`,
    )
  const before = files()
  const error: MailferryError = await openLedger(path).then(
    () => assert.fail('it was opened'),
    thrown => thrown,
  )
  assert.deepEqual(pick(error, expected), expected)
  assert.deepEqual(files(), before)
  return error
}

const pick = (from: MailferryError, like: object) => ({ code: from.code, ...('params' in like && { params: from.params }) })
