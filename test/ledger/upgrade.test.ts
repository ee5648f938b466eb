import assert from 'node:assert/strict'
import { createHash } from 'node:crypto'
import { readdirSync, readFileSync, statSync } from 'node:fs'
import { join } from 'node:path'
import { DatabaseSync } from 'node:sqlite'
import { setTimeout as sleep } from 'node:timers/promises'
import { sql } from 'kysely'
import { removeEngine } from '../../src/ledger/engines.ts'
import { items } from '../../src/ledger/items.ts'
import { migrations } from '../../src/ledger/migrations/index.ts'
import type { Migration } from '../../src/ledger/migrations/migration.ts'
import { openLedger } from '../../src/ledger/openLedger.ts'
import { tempDir } from '../support/tempDir.ts'
import { all, engineOf, makeJob } from './support.ts'

const last = migrations.length
const second: Migration = {
  version: last + 1,
  up: db => db.exec("alter table jobs add column note text; update jobs set note = 'upgraded'"),
}
const failing: Migration = { version: last + 2, up: db => db.exec('drop table journal; insert into nowhere values (1)') }
const orphaning: Migration = { version: last + 1, up: db => db.exec("pragma defer_foreign_keys = on; update jobs set source = 'nobody'") }

describe('upgrading a ledger', () => {
  it('takes every step that is new, and keeps what is there', async () => {
    using dir = tempDir()
    const path = await oldLedger(dir.path)
    await using ledger = await openLedger(path, { migrations: [...migrations, second] })
    const { rows } = await sql<{ name: string; note: string }>`select name, note from jobs`.execute(ledger.db)
    assert.deepEqual(
      rows.map(row => ({ ...row })),
      [{ name: 'Move', note: 'upgraded' }],
    )
    assert.equal(versionIn(path), last + 1)
  })

  it('makes a backup first, which is the ledger as it was', async () => {
    using dir = tempDir()
    const path = await oldLedger(dir.path)
    const ledger = await openLedger(path, { migrations: [...migrations, second], now: () => Date.parse('2026-01-01T00:00:00Z') })
    await ledger[Symbol.asyncDispose]()
    const backup = `ledger.db.version-${last}.20260101T000000Z.backup`
    assert.deepEqual(readdirSync(dir.path).sort(), ['ledger.db', backup])
    assert.equal(statSync(join(dir.path, backup)).mode & 0o777, 0o600)
    await using old = await openLedger(join(dir.path, backup))
    const { rows } = await sql<{ name: string }>`select * from jobs`.execute(old.db)
    assert.deepEqual(
      rows.map(row => [row.name, 'note' in row]),
      [['Move', false]],
    )
  })

  it('makes no backup of a ledger that is new or up to date', async () => {
    using dir = tempDir()
    const path = await oldLedger(dir.path)
    const ledger = await openLedger(path)
    await ledger[Symbol.asyncDispose]()
    assert.deepEqual(readdirSync(dir.path), ['ledger.db'])
  })

  it('is all or nothing: one step that fails undoes the others and is never stamped as done', async () => {
    using dir = tempDir()
    const path = await oldLedger(dir.path)
    const error = await rejected(openLedger(path, { migrations: [...migrations, second, failing] }))
    assert.equal(error.code, 'ledger.upgradeFailed')
    assert.equal(error.params.version, last + 2)
    assert.match(error.params.detail, /nowhere/)
    assert.ok(readdirSync(dir.path).includes(error.params.backup.slice(dir.path.length + 1)), 'the backup it names is there')
    await using ledger = await openLedger(path)
    const { rows } = await sql<object>`select * from jobs`.execute(ledger.db)
    assert.deepEqual(
      rows.map(row => 'note' in row),
      [false],
    )
  })

  it('refuses a step that leaves a row pointing nowhere', async () => {
    using dir = tempDir()
    const path = await oldLedger(dir.path)
    assert.equal((await rejected(openLedger(path, { migrations: [...migrations, orphaning] }))).code, 'ledger.upgradeFailed')
  })

  it('is refused while an engine of another version lives, and names it', async () => {
    using dir = tempDir()
    const path = await oldLedger(dir.path)
    await using old = await openLedger(path)
    const engine = await engineOf(old)
    const before = digest(path)
    const error = await rejected(openLedger(path, { migrations: [...migrations, second] }))
    assert.equal(error.code, 'ledger.engineAlive')
    assert.equal(error.params.engine, `Mailferry 0.1.0 on here, process ${process.pid}`)
    assert.equal(digest(path), before)
    assert.deepEqual(
      readdirSync(dir.path).filter(name => name.endsWith('.backup')),
      [],
    )
    await removeEngine(old, engine)
    await using _ = await openLedger(path, { migrations: [...migrations, second] })
  })

  it('goes ahead when the engine’s last heartbeat is older than its lease', async () => {
    using dir = tempDir()
    const path = await oldLedger(dir.path)
    await using old = await openLedger(path)
    await engineOf(old, 30)
    await sleep(40)
    await using _ = await openLedger(path, { migrations: [...migrations, second] })
    assert.equal(versionIn(path), last + 1)
  })

  it('happens once when several processes open the ledger at the same time', async () => {
    using dir = tempDir()
    const path = await oldLedger(dir.path)
    const counting: Migration = { version: last + 1, up: db => db.exec('update jobs set change = change + 1000') }
    const all = await Promise.all([1, 2, 3, 4].map(() => openLedger(path, { migrations: [...migrations, counting] })))
    const { rows } = await sql<{ change: number }>`select change from jobs`.execute(all[0]?.db ?? assert.fail())
    assert.ok((rows[0]?.change ?? 0) < 2000)
    for (const ledger of all) await ledger[Symbol.asyncDispose]()
    assert.equal(readdirSync(dir.path).filter(name => name.endsWith('.backup')).length, 1)
  })
})

describe('the list of migrations', () => {
  it('is numbered from one without a gap', () => {
    assert.deepEqual(
      migrations.map(({ version }) => version),
      migrations.map((_, index) => index + 1),
    )
  })
})

describe('upgrading a ledger of the first version', () => {
  it('keeps every item as it was: carried as a message, marked by nothing, of no version', async () => {
    using dir = tempDir()
    const path = join(dir.path, 'ledger.db')
    {
      await using old = await openLedger(path, { migrations: migrations.slice(0, 1) })
      await makeJob(old, ['ann@example.org'])
      await old.write(async tx => {
        await sql`
          insert into folders (id, pair, source_id, source_path, source_validity) select 1, id, 'INBOX', '["INBOX"]', '1' from pairs
        `.execute(tx)
        await sql`
          insert into items (folder, source_key, state, size, received, flags, target_key, attempts, verified)
          values (1, 7, 1, 100, 5000, '["\\\\Seen"]', 9, 1, 1), (1, 8, 5, 200, 6000, null, null, 2, 0)
        `.execute(tx)
      })
    }
    await using ledger = await openLedger(path)
    const rows = await all(items(ledger.db, 1))
    const carried = { folder: 1, format: 'rfc822', unmarked: false }
    assert.deepEqual(rows, [
      { ...carried, key: 7, state: 'done', size: 100, received: 5000, flags: ['\\Seen'], targetKey: 9, attempts: 1, verified: true },
      { ...carried, key: 8, state: 'failed', size: 200, received: 6000, flags: [], attempts: 2, verified: false },
    ])
  })
})

/** A ledger of the current version, with a job in it, that nobody has open. */
async function oldLedger(dir: string): Promise<string> {
  const path = join(dir, 'ledger.db')
  await using ledger = await openLedger(path)
  await makeJob(ledger, ['ann@example.org'])
  return path
}

const digest = (path: string) =>
  createHash('sha256')
    .update(readFileSync(path))
    .update(readFileSync(`${path}-wal`))
    .digest('hex')

function versionIn(path: string): number {
  const db = new DatabaseSync(path, { readOnly: true })
  const version = Number(db.prepare('pragma user_version').get()?.['user_version'])
  db.close()
  return version
}

interface Failure {
  readonly code: string
  readonly params: { readonly version: number; readonly detail: string; readonly backup: string; readonly engine: string }
}

const rejected = (opening: Promise<unknown>): Promise<Failure> =>
  opening.then(
    () => assert.fail('it was opened'),
    thrown => thrown,
  )
