import assert from 'node:assert/strict'
import { setTimeout as sleep } from 'node:timers/promises'
import { journal } from '../../src/ledger/journal.ts'
import type { Ledger } from '../../src/ledger/ledger.ts'
import { openLedger } from '../../src/ledger/openLedger.ts'
import { freshLedger } from './support.ts'

const write = (ledger: Ledger) => ledger.write(tx => journal(tx, { subject: 'test', what: 'job.started' }))

describe('a change that another process made', () => {
  it('is told within a second, once for all that came together', async () => {
    await using fresh = await freshLedger()
    const { ledger } = fresh
    await using other = await openLedger(ledger.path)
    let told = 0
    using _ = ledger.onForeignChange(() => {
      told += 1
    })
    await Promise.all([write(other), write(other)])
    await write(ledger)
    await sleep(700)
    assert.equal(told, 1)
  })

  it('is not what this process wrote itself, and is not told to those who left', async () => {
    await using fresh = await freshLedger()
    const { ledger } = fresh
    await using other = await openLedger(ledger.path)
    const told: string[] = []
    using _ = ledger.onForeignChange(() => told.push('stayed'))
    ledger.onForeignChange(() => told.push('left'))[Symbol.dispose]()
    await write(ledger)
    await sleep(550)
    assert.deepEqual(told, [])
    await write(other)
    await sleep(550)
    assert.deepEqual(told, ['stayed'])
  })
})
