import { countsOf } from '../../src/ledger/counts.ts'
import { differences } from '../../src/ledger/differences.ts'
import { registerEngine } from '../../src/ledger/engines.ts'
import { foldersOf } from '../../src/ledger/folders.ts'
import { itemKeys } from '../../src/ledger/items.ts'
import { claimPair, queuePairs } from '../../src/ledger/leases.ts'
import { openLedger } from '../../src/ledger/openLedger.ts'
import { openPairWriter } from '../../src/ledger/openPairWriter.ts'
import { jobCounts, listPairs, pairStates } from '../../src/ledger/pairs.ts'
import type { Filled } from './ledgerFill.ts'

const repeats = 200

/** What the ledger takes for the questions a run, a view and a report ask, when it is full. */
export async function measureLedger(path: string, { job }: Filled): Promise<Record<string, number>> {
  const figures: Record<string, number> = {}
  const time = async <Result>(name: string, work: () => Promise<Result>): Promise<Result> => {
    const begin = performance.now()
    const result = await work()
    figures[name] = performance.now() - begin
    return result
  }
  const median = async (name: string, work: (n: number) => Promise<unknown>): Promise<void> => {
    const times: number[] = []
    for (let n = 0; n < repeats; n += 1) {
      const begin = performance.now()
      await work(n)
      times.push(performance.now() - begin)
    }
    figures[name] = times.sort((a, b) => a - b)[repeats / 2] ?? Number.NaN
  }

  await using ledger = await time('opening it: ms', () => openLedger(path))
  const { db } = ledger
  const pairs = await time('listing all pairs: ms', () => listPairs(db, job))
  const pairAt = (n: number) => pairs[(n * 7919) % pairs.length] ?? pairs[0]
  const withPair = (work: (pair: NonNullable<ReturnType<typeof pairAt>>) => Promise<unknown>) => async (n: number) => {
    const pair = pairAt(n)
    if (pair !== undefined) await work(pair)
  }
  await time('pairs by state, and their counts: ms', async () => [await pairStates(db, job), await jobCounts(db, job)])
  await median(
    'counting a pair’s items: ms',
    withPair(({ id }) => countsOf(db, id)),
  )
  await median(
    'the folders of a pair, for a delta with nothing new: ms',
    withPair(({ id }) => foldersOf(db, id)),
  )
  await time('the same for all pairs: ms', async () => {
    for (const { id } of pairs) await foldersOf(db, id)
  })
  const [folder] = await foldersOf(db, pairs[0]?.id ?? (await Promise.reject(new Error('the job is empty'))))
  if (folder !== undefined) await median('the keys of a folder: ms', () => itemKeys(db, folder.id))
  await time('all differences of the job: ms', async () => {
    let found = 0
    for await (const page of differences(db, { job })) found += page.length
    figures['differences found'] = found
  })

  const engine = await registerEngine(ledger, { host: 'bench', pid: process.pid, version: '0' })
  await time('queueing all pairs: ms', () => ledger.write(tx => queuePairs(tx, job)))
  const lease = await claimPair(ledger, engine)
  if (lease === undefined) return figures
  await using writer = openPairWriter(ledger, lease)
  const [inbox] = await foldersOf(db, lease.pair)
  if (inbox === undefined) return figures
  await median('a commit of 50 done and 50 intended: ms', n =>
    writer.commit([
      ...(n === 0 ? [] : [{ kind: 'done', folder: inbox.id, items: keysOf(n - 1).map(key => ({ key, targetKey: key })) } as const]),
      { kind: 'intend', folder: inbox.id, items: keysOf(n).map(key => ({ key, size: 1000, received: 0, flags: [] })), next: 1 },
    ]),
  )
  await median('claiming a pair: ms', () => claimPair(ledger, engine))
  return figures
}

const keysOf = (batch: number): number[] => Array.from({ length: 50 }, (_, n) => 1_000_000 + batch * 50 + n)
