import { setImmediate as nextTurn } from 'node:timers/promises'
import { sql } from 'kysely'
import type { PairId } from '../domain/ids.ts'
import type { ItemKey } from '../domain/mail.ts'
import type { PairCounts } from '../domain/pair.ts'
import { foldersOf } from './folders.ts'
import { formatCodes, stateOf } from './itemStates.ts'
import { compareKeys } from './items.ts'
import type { Reader } from './ledger.ts'
import { noCounts } from './pairs.ts'
import type { FolderCounts } from './rows.ts'

/** So many rows are counted at a time, that the event loop never stands still for long. */
const slice = 20_000

/** Items and bytes of each folder of a pair by state, counted from the rows. Folders without items have none. */
export async function countsOf(db: Reader, pair: PairId): Promise<FolderCounts[]> {
  const counts: FolderCounts[] = []
  for (const { id } of await foldersOf(db, pair)) counts.push(...(await countFolder(db, id)))
  return counts
}

interface Row {
  readonly state: number
  readonly items: number
  readonly bytes: number
  readonly verified: number
  readonly fts: number
  readonly mailboxItem: number
  readonly last: ItemKey
}

async function countFolder(db: Reader, folder: number): Promise<FolderCounts[]> {
  const totals = new Map<number, { items: number; bytes: number; verified: number; fts: number; mailboxItem: number }>()
  let after: ItemKey | undefined
  for (;;) {
    const { rows } = await sql<Row>`
      select state, count(*) as items, sum(size) as bytes, sum(verified) as verified,
        count(iif(format = ${formatCodes.fts}, 1, null)) as fts, count(iif(format = ${formatCodes.mailboxItem}, 1, null)) as mailboxItem,
        max(source_key) as last from (
        select state, size, verified, format, source_key from items
        where folder = ${folder} and ${after === undefined ? sql`true` : sql`source_key > ${after}`} order by source_key limit ${slice}
      ) group by state
    `.execute(db)
    let seen = 0
    for (const row of rows) {
      const total = totals.get(row.state) ?? { items: 0, bytes: 0, verified: 0, fts: 0, mailboxItem: 0 }
      totals.set(row.state, {
        items: total.items + row.items,
        bytes: total.bytes + row.bytes,
        verified: total.verified + row.verified,
        fts: total.fts + row.fts,
        mailboxItem: total.mailboxItem + row.mailboxItem,
      })
      seen += row.items
      if (after === undefined || compareKeys(row.last, after) > 0) after = row.last
    }
    if (seen < slice) break
    await nextTurn()
  }
  return [...totals].map(([state, total]) => ({ folder, state: stateOf(state), ...total }))
}

/** The counts of a pair's folders as one: what was removed or kept as orphaned is no source item any more. */
export function totalCounts(folders: Iterable<FolderCounts>): PairCounts {
  const total: { -readonly [Key in keyof PairCounts]: number } = { ...noCounts }
  for (const { state, items, bytes } of folders) {
    if (state === 'removed' || state === 'orphaned') continue
    total.items += items
    total.bytes += bytes
    if (state === 'done') {
      total.done += items
      total.doneBytes += bytes
    }
    if (state === 'adopted' || state === 'filtered' || state === 'failed') total[state] += items
  }
  return total
}
