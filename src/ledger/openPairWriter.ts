import { sql } from 'kysely'
import { MailferryError } from '../domain/errors.ts'
import type { PairCounts, Phase } from '../domain/pair.ts'
import { apply, foldersIn } from './change/apply.ts'
import { nextChange } from './changeNumber.ts'
import { checkLease } from './fence.ts'
import type { Lease } from './leaseBook.ts'
import type { Ledger, Tx } from './ledger.ts'
import type { PairWriter } from './pairWriter.ts'
import { ProgressWriter } from './progressWriter.ts'
import { patchFolder, saveFolders } from './saveFolders.ts'
import { watchLease } from './watchLease.ts'

/** A pair's writer, to be disposed of when the run is over. */
export type OpenPairWriter = PairWriter & AsyncDisposable

/** Opens the fenced writing of a pair that was claimed. */
export function openPairWriter(ledger: Ledger, lease: Lease): OpenPairWriter {
  const { pair, epoch } = lease
  const watch = watchLease(ledger, lease, () => progress.last())
  const folders = new Set<number>()

  const fenced = async <Result>(work: (tx: Tx) => Promise<Result>): Promise<Result> => {
    if (watch.lost.aborted) throw new MailferryError('lease.lost', { pair })
    try {
      return await ledger.write(async tx => {
        await checkLease(tx, lease)
        return work(tx)
      })
    } catch (thrown) {
      if (thrown instanceof MailferryError && thrown.code === 'lease.lost') ledger.leases.lose(lease)
      throw thrown
    }
  }

  /** A folder of another pair would be written past that pair's fence. */
  const checkFolders = async (tx: Tx, ids: readonly number[]): Promise<void> => {
    const unknown = ids.filter(id => !folders.has(id))
    if (unknown.length === 0) return
    const rows = await tx
      .selectFrom('folders')
      .select('id')
      .where('pair', '=', pair)
      .where(sql<boolean>`id in (select value from json_each(${JSON.stringify(unknown)}))`)
      .execute()
    for (const { id } of rows) folders.add(id)
    const foreign = unknown.find(id => !folders.has(id))
    if (foreign !== undefined) throw new MailferryError('internal', { detail: `folder ${foreign} is not of pair ${pair}` })
  }

  const ofFolder = (folder: number, work: (tx: Tx) => Promise<void>): Promise<void> =>
    fenced(async tx => {
      await checkFolders(tx, [folder])
      await work(tx)
    })

  const progress = new ProgressWriter(async ({ phase, counts, folder }) => {
    await fenced(async tx => {
      await tx
        .updateTable('pairs')
        .set({ detail: JSON.stringify({ phase }), counts: JSON.stringify(counts), folder: folder ?? null, change: await nextChange(tx) })
        .where('id', '=', pair)
        .execute()
    })
  })

  return {
    pair,
    epoch,
    lost: watch.lost,
    deadline: () => (watch.lost.aborted ? Number.NEGATIVE_INFINITY : ledger.leases.deadline(lease.engine)),
    commit: changes =>
      fenced(async tx => {
        await checkFolders(tx, [...new Set(changes.flatMap(foldersIn))])
        for (const change of changes) await apply(tx, change)
      }),
    saveFolders: rows => fenced(tx => saveFolders(tx, pair, rows)),
    patchFolder: (folder, patch) => ofFolder(folder, tx => patchFolder(tx, folder, patch)),
    setIncarnations: (source, target) =>
      fenced(async tx => {
        const incarnations = { source_incarnation: source, target_incarnation: target }
        await tx
          .updateTable('pairs')
          .set(incarnations)
          .set({ change: await nextChange(tx) })
          .where('id', '=', pair)
          .execute()
      }),
    progress: (phase: Phase, counts: PairCounts, folder?: string) => progress.tell({ phase, counts, folder }),
    [Symbol.asyncDispose]: async () => {
      await progress.last()
      watch[Symbol.dispose]()
    },
  }
}
