import assert from 'node:assert/strict'
import { type ChildProcess, fork } from 'node:child_process'
import { once } from 'node:events'
import { setTimeout as sleep } from 'node:timers/promises'
import { sql } from 'kysely'
import { foldersOf } from '../../src/ledger/folders.ts'
import { items } from '../../src/ledger/items.ts'
import { claimPair } from '../../src/ledger/leases.ts'
import { openLedger } from '../../src/ledger/openLedger.ts'
import { pairStates } from '../../src/ledger/pairs.ts'
import type { Message } from './child.ts'
import { all, engineOf, freshLedger, startedJob } from './support.ts'

describe('several processes on one ledger', function () {
  this.slow(5000)
  const children = new Set<ChildProcess>()
  const start = (...args: string[]): ChildProcess => {
    const child = fork(new URL('child.ts', import.meta.url), args, { stdio: ['ignore', 'ignore', 'pipe', 'ipc'] })
    children.add(child)
    child.once('exit', () => children.delete(child))
    return child
  }
  afterEach(() => {
    for (const child of children) child.kill('SIGKILL')
  })

  it('lose no update, fail in nothing, and hold no event loop up', async () => {
    await using fresh = await freshLedger()
    const { ledger } = fresh
    await startedJob(ledger, ['ann'])
    const before = await priorityIn(ledger)
    // The one that leaves the ledger alone tells how late timers are on this machine anyhow.
    const [idle, ...busy] = await Promise.all(
      [start('idle', '', '2000'), ...[1, 2, 3, 4].map(() => start('hammer', ledger.path, '2000'))].map(lastWords),
    )
    const anyhow = idle?.told === 'idled' ? idle.delay : assert.fail()
    let writes = 0
    for (const message of busy) {
      assert.equal(message.told, 'hammered')
      if (message.told !== 'hammered') continue
      writes += message.writes
      assert.ok(message.delay < Math.max(50, 3 * anyhow), `timers came ${message.delay} ms late, ${anyhow} without a ledger`)
    }
    assert.equal((await priorityIn(ledger)) - before, writes)
    assert.ok(writes > 100, `${writes} writes`)
  })

  it('claim every pair exactly once', async () => {
    await using fresh = await freshLedger()
    const { ledger } = fresh
    const job = await startedJob(
      ledger,
      Array.from({ length: 200 }, (_, n) => `user${n}`),
    )
    const messages = await Promise.all([1, 2, 3, 4].map(() => lastWords(start('claim', ledger.path))))
    const claimed = messages.flatMap(message => (message.told === 'claimed' ? message.pairs : []))
    assert.equal(claimed.length, 200)
    assert.equal(new Set(claimed).size, 200)
    assert.deepEqual(await pairStates(ledger.db, job.id), [{ state: 'running', pairs: 200 }])
  })

  it('make a ledger together that was not there, as often as they meet at it', async () => {
    await using fresh = await freshLedger()
    const base = `${fresh.ledger.path}-new`
    const told = await Promise.all([1, 2, 3, 4].map(() => lastWords(start('make', base, '25'))))
    assert.deepEqual(told, Array(4).fill({ told: 'made', ledgers: 25 }))
  })

  it('find all that a killed one was told is durable', async () => {
    await using fresh = await freshLedger()
    const job = await startedJob(fresh.ledger, ['ann'])
    await fresh.ledger[Symbol.asyncDispose]()
    let known = 0
    const child = start('write', fresh.ledger.path)
    child.on('message', (message: Message) => {
      known = message.told === 'written' ? message.key : known
      if (known === 60) child.kill('SIGKILL')
    })
    await once(child, 'exit')
    await using ledger = await openLedger(fresh.ledger.path)
    const { rows } = await sql<{ integrity_check: string }>`pragma integrity_check`.execute(ledger.db)
    assert.equal(rows[0]?.integrity_check, 'ok')
    const [pair] = await sql<{ id: Parameters<typeof foldersOf>[1] }>`select id from pairs where job = ${job.id}`
      .execute(ledger.db)
      .then(({ rows }) => rows)
    const [folder] = await foldersOf(ledger.db, pair?.id ?? assert.fail())
    const kept = await all(items(ledger.db, folder?.id ?? assert.fail()))
    assert.deepEqual(
      kept.slice(0, known).map(({ key, state }) => [key, state]),
      Array.from({ length: known }, (_, n) => [n + 1, 'done']),
    )
    assert.ok(kept.length <= known + 2)
  })

  it('take over from one that was suspended beyond its lease, which stops when it wakes', async () => {
    await using fresh = await freshLedger()
    const { ledger } = fresh
    await startedJob(ledger, ['ann'])
    const engine = await engineOf(ledger)
    const child = start('sleep', ledger.path)
    await once(child, 'message')
    assert.equal(await claimPair(ledger, engine), undefined)
    child.kill('SIGSTOP')
    await sleep(1300)
    assert.equal((await claimPair(ledger, engine))?.epoch, 2)
    const words = lastWords(child)
    child.kill('SIGCONT')
    child.send('go on')
    assert.deepEqual(await words, { told: 'woken', code: 'lease.lost', lost: true, beyondDeadline: true })
  })
})

/** The child's last message, when it ended well. */
async function lastWords(child: ChildProcess): Promise<Message> {
  let last: Message | undefined
  let errors = ''
  child.on('message', (message: Message) => {
    last = message
  })
  child.stderr?.on('data', (data: Buffer) => {
    errors += data.toString()
  })
  const [code] = await once(child, 'exit')
  assert.equal(code, 0, errors)
  return last ?? assert.fail('it said nothing')
}

const priorityIn = async (ledger: { readonly db: Parameters<typeof pairStates>[0] }): Promise<number> =>
  (await ledger.db.selectFrom('pairs').select('priority').executeTakeFirstOrThrow()).priority
