import { setImmediate as nextTurn } from 'node:timers/promises'
import type { JobId, PairId } from '../domain/ids.ts'
import { foldersOf } from './folders.ts'
import { items } from './items.ts'
import type { Reader } from './ledger.ts'
import { listPairs } from './pairs.ts'
import type { FolderRow, ItemRow, ItemState } from './rows.ts'

/** What a report lists one by one. */
export type DifferenceState = Extract<ItemState, 'failed' | 'filtered' | 'orphaned' | 'intended'>

export interface Difference {
  readonly pair: PairId
  readonly folder: FolderRow
  readonly item: ItemRow
}

const all: readonly DifferenceState[] = ['intended', 'failed', 'filtered', 'orphaned']

/** Every item of a job or pair that isn't simply migrated, by pair, folder, state and key, in pages of at most a thousand. */
export async function* differences(
  db: Reader,
  which: { readonly job: JobId } | { readonly pair: PairId },
  states: readonly DifferenceState[] = all,
): AsyncGenerator<readonly Difference[], void, undefined> {
  const pairs = 'pair' in which ? [which.pair] : (await listPairs(db, which.job)).map(({ id }) => id)
  for (const pair of pairs) {
    for (const folder of await foldersOf(db, pair)) {
      for (const state of states) {
        for await (const rows of items(db, folder.id, { states: [state] })) yield rows.map(item => ({ pair, folder, item }))
      }
    }
    await nextTurn()
  }
}

/** The items of a pair that may have been written without an answer, by folder: to be looked for before anything else is written there. */
export async function openIntents(db: Reader, pair: PairId): Promise<{ readonly folder: FolderRow; readonly items: readonly ItemRow[] }[]> {
  const open: { folder: FolderRow; items: ItemRow[] }[] = []
  for (const folder of await foldersOf(db, pair)) {
    const intents: ItemRow[] = []
    for await (const rows of items(db, folder.id, { states: ['intended'] })) intents.push(...rows)
    if (intents.length > 0) open.push({ folder, items: intents })
  }
  return open
}
