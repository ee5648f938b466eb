import { setImmediate as nextTurn } from 'node:timers/promises'
import { type Selectable, sql } from 'kysely'
import { joinPath } from '../../domain/folderPath.ts'
import type { Language } from '../../domain/language.ts'
import type { ItemKey } from '../../domain/mail.ts'
import { foldersOf } from '../../ledger/folders.ts'
import { itemOf, items } from '../../ledger/items.ts'
import type { Reader } from '../../ledger/ledger.ts'
import type { FolderRow, ItemRow, ItemState, PairRow } from '../../ledger/rows.ts'
import type { ItemsTable } from '../../ledger/schema.ts'
import type { ListedItem, Outcome } from './model.ts'
import { reasonOf } from './reasonText.ts'

const outcomes = [
  ['failed', 'failed'],
  ['open', 'intended'],
  ['filtered', 'filtered'],
  ['orphaned', 'orphaned'],
] as const satisfies readonly (readonly [Outcome, ItemState])[]

/** Every item of a pair that has something to be said of it, by folder and outcome, in pages. */
export async function* listItems(db: Reader, pair: PairRow, language: Language): AsyncGenerator<readonly ListedItem[], void, undefined> {
  for (const folder of await foldersOf(db, pair.id)) {
    for (const [outcome, state] of outcomes) {
      for await (const rows of items(db, folder.id, { states: [state] }))
        yield rows.map(row => listed(language, pair, folder, outcome, row))
    }
    for await (const rows of imperfect(db, folder.id)) {
      yield rows.map(row => listed(language, pair, folder, imperfection(row), row))
    }
  }
}

function listed(language: Language, pair: PairRow, folder: FolderRow, outcome: Outcome, item: ItemRow): ListedItem {
  return {
    source: pair.source.address,
    target: pair.target.address,
    folder: joinPath(folder.sourcePath),
    key: item.key,
    received: isoDate(item.received),
    size: item.size,
    outcome,
    ...reasonOf(language, outcome, item),
    attempts: item.attempts,
  }
}

const isoDate = (received: number): string => {
  const date = new Date(received)
  return Number.isNaN(date.getTime()) ? '' : date.toISOString()
}

/** So many rows are looked through at a time, that the event loop never stands still for long. */
const slice = 20_000

/** Items that were written but not read back, that lost flags on the way, or whose later changes were not carried over; at most a slice's worth at a time. */
async function* imperfect(db: Reader, folder: number): AsyncGenerator<readonly ItemRow[], void, undefined> {
  let beyond = sql`true`
  for (;;) {
    const within = sql`folder = ${folder} and ${beyond}`
    const { rows: ends } = await sql<{ last: ItemKey | null; seen: number }>`
      select max(source_key) as last, count(*) as seen from (
        select source_key from items where ${within} order by source_key limit ${slice}
      )`.execute(db)
    const { last, seen } = ends[0] ?? { last: null, seen: 0 }
    if (last === null) return
    const { rows } = await sql<Selectable<ItemsTable>>`
      select * from items where ${within} and source_key <= ${last} and (verified = 0 or target_flags is not null or error is not null) order by source_key
    `.execute(db)
    const found = rows.map(itemOf).filter(isImperfect)
    if (found.length > 0) yield found
    if (seen < slice) return
    beyond = sql`source_key > ${last}`
    await nextTurn()
  }
}

/** One that was left as it was on the target may have been there before us. */
const isImperfect = (row: ItemRow): boolean =>
  (row.state === 'done' && (!row.verified || losesFlags(row))) ||
  ((row.state === 'done' || row.state === 'adopted') && row.error !== undefined)

const imperfection = ({ state, verified, error }: ItemRow): Outcome => {
  if (state === 'done' && !verified) return 'notReadBack'
  if (error?.code === 'item.reduced') return 'reduced'
  return error ? 'notUpdated' : 'marksDropped'
}

const losesFlags = ({ flags, targetFlags }: ItemRow): boolean =>
  targetFlags !== undefined && flags.some(flag => !targetFlags.includes(flag))
