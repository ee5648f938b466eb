import assert from 'node:assert/strict'
import { join } from 'node:path'
import { changedSince, changeNumber } from '../../src/ledger/changedSince.ts'
import { listTicks, setTick } from '../../src/ledger/cutoverTicks.ts'
import { listJobs } from '../../src/ledger/jobs.ts'
import { listJournal } from '../../src/ledger/journal.ts'
import { migrations } from '../../src/ledger/migrations/index.ts'
import { openLedger } from '../../src/ledger/openLedger.ts'
import { tempDir } from '../support/tempDir.ts'
import { FakeClock, freshLedger, makeJob } from './support.ts'

const tick = { domain: 'old.example', step: 'renameUsers', done: true } as const

describe('the ticks of a cutover', () => {
  it('are had by a ledger of before, which keeps all it has', async () => {
    using dir = tempDir()
    const path = join(dir.path, 'ledger.db')
    const before = migrations.filter(({ version }) => version < 3)
    const old = await openLedger(path, { migrations: before })
    await makeJob(old, ['anna'])
    await old[Symbol.asyncDispose]()
    await using ledger = await openLedger(path)
    await ledger.write(tx => setTick(tx, tick))
    assert.deepEqual(
      (await listTicks(ledger.db)).map(({ domain, step }) => [domain, step]),
      [['old.example', 'renameUsers']],
    )
    assert.deepEqual(
      (await listJobs(ledger.db)).map(({ name }) => name),
      ['Move'],
    )
  })

  it('are seen in other windows: the connections that the checklist is of count as changed', async () => {
    await using fresh = await freshLedger(new FakeClock())
    const { ledger } = fresh
    await makeJob(ledger, ['anna'])
    const before = await changeNumber(ledger.db)
    await ledger.write(tx => setTick(tx, tick))
    assert.equal((await changedSince(ledger.db, before)).connections.length, 2)
    const since = await changeNumber(ledger.db)
    await ledger.write(tx => setTick(tx, tick))
    assert.equal(await changeNumber(ledger.db), since, 'a tick that changes nothing')
  })

  it('keep their first time, take another note, and are journalled only where something changes', async () => {
    const clock = new FakeClock()
    await using fresh = await freshLedger(clock)
    const { ledger } = fresh
    const first = new Date(clock.now()).toISOString()
    for (const one of [tick, tick, { ...tick, note: 'by Ines' }]) {
      await ledger.write(tx => setTick(tx, one))
      clock.pass(60_000)
    }
    assert.deepEqual(await listTicks(ledger.db, 'old.example'), [
      { domain: 'old.example', step: 'renameUsers', at: first, note: 'by Ines' },
    ])
    for (let n = 0; n < 2; n += 1) await ledger.write(tx => setTick(tx, { ...tick, done: false }))
    assert.deepEqual(await listTicks(ledger.db), [])
    const journal = await listJournal(ledger.db, { subject: 'ledger' })
    assert.deepEqual(
      journal.map(({ what }) => what),
      ['cutover.tickTakenBack', 'cutover.ticked', 'cutover.ticked'],
    )
  })
})
