import assert from 'node:assert/strict'
import { sql } from 'kysely'
import { itemKeys } from '../../src/ledger/items.ts'
import type { Ledger } from '../../src/ledger/ledger.ts'
import { openLedger } from '../../src/ledger/openLedger.ts'
import { mails, type Running, runningPair } from './support.ts'

/** Makes the writing connection's disk end here; SQLite then answers as it does for ENOSPC. */
const fill = (ledger: Ledger): Promise<void> =>
  ledger.write(async tx => {
    const { rows } = await sql<{ page_count: number }>`pragma page_count`.execute(tx)
    await sql`pragma max_page_count = ${sql.lit(rows[0]?.page_count ?? 0)}`.execute(tx)
  })

const makeRoom = (ledger: Ledger): Promise<void> => ledger.write(async tx => void (await sql`pragma max_page_count = 1000000`.execute(tx)))

const many = (from: number) => mails(...Array.from({ length: 2000 }, (_, n) => from + n))

const intend = ({ writer, folder }: Running, from: number) =>
  writer.commit([{ kind: 'intend', folder: folder.id, items: many(from), next: 1 }])

describe('a full disk', () => {
  it('is said, with the ledger’s path', async () => {
    await using running = await runningPair()
    await fill(running.ledger)
    await assert.rejects(intend(running, 0), { code: 'ledger.diskFull', params: { path: running.ledger.path } })
  })

  it('leaves nothing of what did not fit, and all of what did', async () => {
    await using running = await runningPair()
    const { ledger, folder } = running
    await intend(running, 0)
    await fill(ledger)
    const results = await Promise.allSettled([intend(running, 10_000), intend(running, 20_000)])
    assert.deepEqual(
      results.map(({ status }) => status),
      ['rejected', 'rejected'],
    )
    assert.equal((await itemKeys(ledger.db, folder.id)).length, 2000)
    const again = await openLedger(ledger.path)
    const { rows } = await sql<{ integrity_check: string }>`pragma integrity_check`.execute(again.db)
    assert.equal(rows[0]?.integrity_check, 'ok')
    await again[Symbol.asyncDispose]()
  })

  it('is over when there is room again', async () => {
    await using running = await runningPair()
    const { ledger, folder } = running
    await fill(ledger)
    await assert.rejects(intend(running, 0), { code: 'ledger.diskFull' })
    await makeRoom(ledger)
    await intend(running, 0)
    assert.equal((await itemKeys(ledger.db, folder.id)).length, 2000)
  })
})
