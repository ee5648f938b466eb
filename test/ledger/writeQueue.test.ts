import assert from 'node:assert/strict'
import { DatabaseSync } from 'node:sqlite'
import { setTimeout as sleep } from 'node:timers/promises'
import { sql } from 'kysely'
import { journal, listJournal } from '../../src/ledger/journal.ts'
import type { Tx } from '../../src/ledger/ledger.ts'
import { migrations } from '../../src/ledger/migrations/index.ts'
import { retryWhileBusy } from '../../src/ledger/sqlite/retry.ts'
import { commitsIn } from './commits.ts'
import { freshLedger } from './support.ts'

const note = (what: string) => (tx: Tx) => journal(tx, { subject: what, what: 'job.started' })

describe('writing to the ledger', () => {
  it('runs works one after the other, in the order they were asked for', async () => {
    await using fresh = await freshLedger()
    const { ledger } = fresh
    const order: string[] = []
    const work = (name: string) => async (tx: Tx) => {
      order.push(`${name} begins`)
      await note(name)(tx)
      order.push(`${name} ends`)
    }
    await Promise.all([ledger.write(work('a')), ledger.write(work('b'))])
    assert.deepEqual(order, ['a begins', 'a ends', 'b begins', 'b ends'])
  })

  it('answers what the work answers', async () => {
    await using fresh = await freshLedger()
    assert.equal(await fresh.ledger.write(async () => 42), 42)
  })

  it('undoes a work that throws, and only that one, though they shared a commit', async () => {
    await using fresh = await freshLedger()
    const { ledger } = fresh
    const bad = async (tx: Tx) => {
      await note('bad')(tx)
      throw new RangeError('no')
    }
    const [first, second, third] = await Promise.allSettled([ledger.write(note('one')), ledger.write(bad), ledger.write(note('two'))])
    assert.equal(first.status, 'fulfilled')
    assert.equal(second.status === 'rejected' && second.reason instanceof RangeError, true)
    assert.equal(third.status, 'fulfilled')
    assert.deepEqual(
      (await listJournal(ledger.db)).map(({ subject }) => subject),
      ['two', 'one'],
    )
  })

  it('shares one commit among all that wait for it', async () => {
    await using fresh = await freshLedger()
    const { ledger } = fresh
    const before = commitsIn(ledger.path)
    await Promise.all(Array.from({ length: 40 }, (_, n) => ledger.write(note(`${n}`))))
    assert.equal((await listJournal(ledger.db)).length, 40)
    assert.ok(commitsIn(ledger.path) - before < 10)
  })

  it('gives timers their turn however much is written', async () => {
    await using fresh = await freshLedger()
    const { ledger } = fresh
    let writing = true
    const writer = (async () => {
      while (writing) await ledger.write(note('more'))
    })()
    await sleep(20)
    writing = false
    await writer
  })

  it('shows a reader nothing of a transaction before it is committed', async () => {
    await using fresh = await freshLedger()
    const { ledger } = fresh
    const seen = await ledger.write(async tx => {
      await note('inside')(tx)
      return (await listJournal(ledger.db)).length
    })
    assert.equal(seen, 0)
    assert.equal((await listJournal(ledger.db)).length, 1)
  })

  it('lets nobody write through the reading connection', async () => {
    await using fresh = await freshLedger()
    await assert.rejects(sql`delete from journal`.execute(fresh.ledger.db))
  })

  it('waits for another connection that holds the lock, without holding up the event loop', async () => {
    await using fresh = await freshLedger()
    const { ledger } = fresh
    const other = new DatabaseSync(ledger.path)
    other.exec('begin immediate')
    const done = ledger.write(note('after'))
    await sleep(60)
    assert.equal((await listJournal(ledger.db)).length, 0)
    other.exec('commit')
    other.close()
    await done
    assert.equal((await listJournal(ledger.db)).length, 1)
  })

  it('says at last that the ledger is busy', async () => {
    await using fresh = await freshLedger()
    const { ledger } = fresh
    const other = new DatabaseSync(ledger.path)
    other.exec('begin immediate')
    const mine = new DatabaseSync(ledger.path)
    await assert.rejects(
      retryWhileBusy(ledger.path, () => mine.exec('begin immediate'), 30),
      { code: 'ledger.busy' },
    )
    other.close()
    mine.close()
  })

  it('fails all that wait when no transaction can begin, and works again when one can', async () => {
    await using fresh = await freshLedger()
    const { ledger } = fresh
    const setVersion = (version: number) => {
      const db = new DatabaseSync(ledger.path)
      db.exec(`pragma user_version = ${version}`)
      db.close()
    }
    setVersion(99)
    const results = await Promise.allSettled([ledger.write(note('a')), ledger.write(note('b'))])
    assert.deepEqual(
      results.map(({ status }) => status),
      ['rejected', 'rejected'],
    )
    setVersion(migrations.length)
    await ledger.write(note('c'))
    assert.deepEqual(
      (await listJournal(ledger.db)).map(({ subject }) => subject),
      ['c'],
    )
  })

  it('ends a commit that has grown long, for the event loop’s sake, and goes on with the next', async () => {
    await using fresh = await freshLedger()
    const { ledger } = fresh
    const before = commitsIn(ledger.path)
    const long = (name: string) => async (tx: Tx) => {
      const end = performance.now() + 15
      while (performance.now() < end);
      await note(name)(tx)
    }
    await Promise.all(['a', 'b', 'c'].map(name => ledger.write(long(name))))
    assert.equal(commitsIn(ledger.path) - before, 3)
  })

  it('takes a snapshot that became too old (SQLITE_BUSY_SNAPSHOT) for busy, too', async () => {
    await using fresh = await freshLedger()
    const { ledger } = fresh
    const mine = new DatabaseSync(ledger.path)
    mine.exec('begin')
    mine.prepare('select * from journal').all()
    await ledger.write(note('newer'))
    await assert.rejects(
      retryWhileBusy(ledger.path, () => mine.exec("insert into journal (at, subject, what) values ('', '', '')"), 30),
      { code: 'ledger.busy' },
    )
    mine.close()
  })

  it('writes nothing more into a ledger that a newer Mailferry upgraded meanwhile', async () => {
    await using fresh = await freshLedger()
    const { ledger } = fresh
    const newer = new DatabaseSync(ledger.path)
    newer.exec('pragma user_version = 99')
    newer.close()
    await assert.rejects(ledger.write(note('old')), { code: 'ledger.newer' })
    assert.equal((await listJournal(ledger.db)).length, 0)
  })
})
