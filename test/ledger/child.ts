import { once } from 'node:events'
import { monitorEventLoopDelay } from 'node:perf_hooks'
import { setTimeout as sleep } from 'node:timers/promises'
import { sql } from 'kysely'
import { isError } from '../../src/domain/errors.ts'
import { claimPair, renewLeases } from '../../src/ledger/leases.ts'
import type { Ledger } from '../../src/ledger/ledger.ts'
import { openLedger } from '../../src/ledger/openLedger.ts'
import { openPairWriter } from '../../src/ledger/openPairWriter.ts'
import { claim, engineOf, mails, saveFolder } from './support.ts'

/** What a child of `processes.test.ts` tells its parent. */
export type Message =
  | { readonly told: 'ready' }
  | { readonly told: 'hammered'; readonly writes: number; readonly delay: number }
  | { readonly told: 'idled'; readonly delay: number }
  | { readonly told: 'made'; readonly ledgers: number }
  | { readonly told: 'claimed'; readonly pairs: readonly string[] }
  | { readonly told: 'written'; readonly key: number }
  | { readonly told: 'woken'; readonly code: string; readonly lost: boolean; readonly beyondDeadline: boolean }

const tell = (message: Message): Promise<void> => new Promise(resolve => process.send?.(message, () => resolve()))

const [mode = '', path = '', time = '0'] = process.argv.slice(2)

/** The 99th percentile of how late timers came, milliseconds. */
async function delayDuring(work: () => Promise<void>): Promise<number> {
  const histogram = monitorEventLoopDelay({ resolution: 2 })
  histogram.enable()
  await work()
  histogram.disable()
  return histogram.percentile(99) / 1e6
}

/** Reads a number and writes it back one higher, as fast as it goes: without isolation, some of it would be lost. */
async function hammer(ledger: Ledger): Promise<void> {
  const end = performance.now() + Number(time)
  let writes = 0
  const delay = await delayDuring(async () => {
    while (performance.now() < end) {
      await ledger.write(async tx => {
        const { priority } = await tx.selectFrom('pairs').select('priority').executeTakeFirstOrThrow()
        await tx
          .updateTable('pairs')
          .set({ priority: priority + 1 })
          .execute()
      })
      await sql`select * from pairs`.execute(ledger.db)
      writes += 1
    }
  })
  await tell({ told: 'hammered', writes, delay })
}

/** Makes one ledger after the other. Who finds one made is quicker than who makes it, so several of these catch up with each other and meet. */
async function makeMany(base: string, count: number): Promise<void> {
  for (let n = 0; n < count; n += 1) {
    const ledger = await openLedger(`${base}-${n}`)
    await engineOf(ledger)
    await ledger[Symbol.asyncDispose]()
  }
  await tell({ told: 'made', ledgers: count })
}

async function claimAll(ledger: Ledger): Promise<void> {
  const engine = await engineOf(ledger)
  const pairs: string[] = []
  for (let lease = await claimPair(ledger, engine); lease !== undefined; lease = await claimPair(ledger, engine)) pairs.push(lease.pair)
  await tell({ told: 'claimed', pairs })
}

/** Writes items until it is killed, and tells of each one that is durable. */
async function writeOn(ledger: Ledger): Promise<void> {
  const writer = openPairWriter(ledger, await claim(ledger, await engineOf(ledger)))
  const folder = await saveFolder(writer, 'INBOX')
  for (let key = 1; ; key += 1) {
    await writer.commit([{ kind: 'intend', folder: folder.id, items: mails(key), next: 1 }])
    await writer.commit([{ kind: 'done', folder: folder.id, items: [{ key }] }])
    await tell({ told: 'written', key })
  }
}

/** Holds a lease, is suspended by the parent beyond its end, and then goes on as if nothing had been. */
async function sleepOver(ledger: Ledger): Promise<void> {
  const engine = await engineOf(ledger, 1000)
  const writer = openPairWriter(ledger, await claim(ledger, engine))
  const folder = await saveFolder(writer, 'INBOX')
  const timer = setInterval(() => void renewLeases(ledger, engine), 100)
  await tell({ told: 'ready' })
  await once(process, 'message')
  clearInterval(timer)
  const beyondDeadline = performance.now() > writer.deadline()
  const code = await writer.commit([{ kind: 'intend', folder: folder.id, items: mails(1), next: 1 }]).then(
    () => 'written',
    (error: unknown) => (isError(error) ? error.code : String(error)),
  )
  await tell({ told: 'woken', code, lost: writer.lost.aborted, beyondDeadline })
}

if (mode === 'idle') {
  const delay = await delayDuring(() => sleep(Number(time)))
  await tell({ told: 'idled', delay })
} else if (mode === 'make') {
  await makeMany(path, Number(time))
} else {
  const ledger = await openLedger(path)
  if (mode === 'hammer') await hammer(ledger)
  if (mode === 'claim') await claimAll(ledger)
  if (mode === 'write') await writeOn(ledger)
  if (mode === 'sleep') await sleepOver(ledger)
  await ledger[Symbol.asyncDispose]()
}
process.disconnect()
