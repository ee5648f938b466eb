import assert from 'node:assert/strict'
import { closeSync, openSync, rmSync, writeFileSync } from 'node:fs'
import { open } from 'node:fs/promises'
import { join } from 'node:path'
import { describe, it } from 'mocha'
import { isError } from '../../src/domain/errors.ts'
import { WalSync } from '../../src/ledger/walSync.ts'
import { tempDir } from '../support/tempDir.ts'

/** Lets a test hold every `datasync` back and count them. */
async function withHeldSyncs(work: (held: (() => void)[]) => Promise<void>): Promise<void> {
  const file = await open('/dev/null', 'r+')
  const prototype: { datasync: () => Promise<void> } = Object.getPrototypeOf(file)
  const own = prototype.datasync
  const held: (() => void)[] = []
  prototype.datasync = () => new Promise(resolve => held.push(resolve))
  try {
    await work(held)
  } finally {
    prototype.datasync = own
    await file.close()
  }
}

const turn = (): Promise<void> => new Promise(resolve => setTimeout(resolve, 5))

describe('syncing the write-ahead log', () => {
  it('tells of a commit only after a sync that began behind it, and lets those that wait share one', async () => {
    using dir = tempDir()
    const ledger = join(dir.path, 'ledger')
    writeFileSync(`${ledger}-wal`, '')
    const wal = new WalSync(ledger)
    await withHeldSyncs(async held => {
      const told: string[] = []
      const first = wal.sync().then(() => told.push('first'))
      await turn()
      const rest = ['second', 'third'].map(name => wal.sync().then(() => told.push(name)))
      await turn()
      assert.deepEqual([held.length, told], [1, []])
      held[0]?.()
      await first
      await turn()
      assert.deepEqual([held.length, told], [2, ['first']])
      held[1]?.()
      await Promise.all(rest)
      assert.equal(held.length, 2)
    })
    await wal.close()
  })

  it('never calls anything durable again after a sync that failed', async () => {
    using dir = tempDir()
    const ledger = join(dir.path, 'ledger')
    const wal = new WalSync(ledger)
    await assert.rejects(wal.sync(), error => isError(error, 'ledger.unwritable'))
    closeSync(openSync(`${ledger}-wal`, 'w'))
    await assert.rejects(wal.sync(), error => isError(error, 'ledger.unwritable'))
    rmSync(`${ledger}-wal`)
    await wal.close()
  })
})
