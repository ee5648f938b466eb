import { setImmediate as nextTurn } from 'node:timers/promises'
import { type Selectable, sql } from 'kysely'
import type { JobId, PairId } from '../domain/ids.ts'
import { folderOf } from './folders.ts'
import { compareKeys, items } from './items.ts'
import type { Reader } from './ledger.ts'
import { listPairs } from './pairs.ts'
import type { FolderRow, ItemRow, ItemState, PairRow } from './rows.ts'
import type { FoldersTable } from './schema.ts'

/** What a report lists one by one. */
export type DifferenceState = Extract<ItemState, 'failed' | 'filtered' | 'orphaned' | 'intended'>

export interface Difference {
  readonly pair: PairId
  readonly folder: FolderRow
  readonly item: ItemRow
}

/** Pairs looked through by one query. */
const pairsAtOnce = 200

const all: readonly DifferenceState[] = ['intended', 'failed', 'filtered', 'orphaned']

/** Every item of a job or pair that isn't simply migrated, by pair, folder, state and key, in pages of at most a thousand. */
export async function* differences(
  db: Reader,
  which: { readonly job: JobId } | { readonly pair: PairId },
  states: readonly DifferenceState[] = all,
): AsyncGenerator<readonly Difference[], void, undefined> {
  for await (const pairs of 'pair' in which ? [[which.pair]] : pairPages(db, which.job)) {
    for (const folder of await openFolders(db, pairs)) {
      for (const state of states) {
        for await (const rows of items(db, folder.id, { states: [state] })) yield rows.map(item => ({ pair: folder.pair, folder, item }))
      }
    }
  }
}

/** The items of a pair that may have been written without an answer, by folder: to be looked for before anything else is written there. */
export async function openIntents(db: Reader, pair: PairId): Promise<{ readonly folder: FolderRow; readonly items: readonly ItemRow[] }[]> {
  const open: { folder: FolderRow; items: ItemRow[] }[] = []
  for (const folder of await openFolders(db, [pair])) {
    const intents: ItemRow[] = []
    for await (const rows of items(db, folder.id, { states: ['intended'] })) intents.push(...rows)
    if (intents.length > 0) open.push({ folder, items: intents })
  }
  return open
}

async function* pairPages(db: Reader, job: JobId): AsyncGenerator<readonly PairId[], void, undefined> {
  let after: PairRow | undefined
  do {
    const page: PairRow[] = await listPairs(db, job, { limit: pairsAtOnce, ...(after && { after }) })
    yield page.map(({ id }) => id)
    await nextTurn()
    after = page.at(-1)
  } while (after !== undefined)
}

/** The folders of these pairs that have open items at all: most have none, and are passed by with one look at the index. */
async function openFolders(db: Reader, pairs: readonly PairId[]): Promise<FolderRow[]> {
  const { rows } = await sql<Selectable<FoldersTable>>`
    select folders.* from json_each(${JSON.stringify(pairs)}) as wanted
    cross join folders on folders.pair = wanted.value
    where exists (select 1 from items where items.folder = folders.id and items.state > 3)
  `.execute(db)
  const folders = Map.groupBy(rows.map(folderOf), ({ pair }) => pair)
  const byPath = (a: FolderRow, b: FolderRow) => compareKeys(a.sourcePath.join('/'), b.sourcePath.join('/'))
  return pairs.flatMap(pair => folders.get(pair)?.toSorted(byPath) ?? [])
}
