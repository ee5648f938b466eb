import { setImmediate as nextTurn } from 'node:timers/promises'
import { type RawBuilder, type Selectable, sql } from 'kysely'
import type { ItemKey } from '../domain/mail.ts'
import type { StoredError } from '../domain/pair.ts'
import { allOpen, formatOf, stateCodes, stateOf } from './itemStates.ts'
import { optional, parse, parseOrNothing } from './json.ts'
import type { Reader } from './ledger.ts'
import type { FilterReason, ItemRow, ItemState } from './rows.ts'
import type { ItemsTable } from './schema.ts'

/** Rows of one page unless asked otherwise: a few milliseconds. */
const pageSize = 1000
/** Keys alone are cheaper. */
const keysPage = 20_000

/** A row as the migration has it. */
export const itemOf = (row: Selectable<ItemsTable>): ItemRow => ({
  folder: row.folder,
  key: row.source_key,
  state: stateOf(row.state),
  size: row.size,
  received: row.received,
  flags: flagsOf(row.flags),
  ...optional('targetKey', row.target_key),
  ...optional('targetFlags', parseOrNothing<string[]>(row.target_flags)),
  ...optional('digest', row.digest === null ? undefined : Buffer.from(row.digest)),
  ...optional('reason', row.reason === null ? undefined : parse<FilterReason>(row.reason)),
  ...optional('error', parseOrNothing<StoredError>(row.error)),
  attempts: row.attempts,
  verified: row.verified === 1,
  ...optional('version', row.version),
  ...optional('targetVersion', row.target_version),
  format: formatOf(row.format),
  unmarked: row.unmarked === 1,
})

const flagsOf = (text: string | null): string[] => (text === null ? [] : parse<string[]>(text))

/** Only rows in these states; open ones by their index, which needs its own condition said in the same words. */
export function inStates(states: readonly ItemState[] | undefined): RawBuilder<boolean> {
  if (states === undefined) return sql`true`
  const codes = sql.join(states.map(state => sql.lit(stateCodes[state])))
  return allOpen(states) ? sql`state > 3 and state in (${codes})` : sql`state in (${codes})`
}

/** Several open states are looked up one by one, each in the order of its index: together, SQLite would sort all of them for every page. */
const looksFor = (states: readonly ItemState[] | undefined): readonly (readonly ItemState[] | undefined)[] =>
  states !== undefined && allOpen(states) ? states.map(state => [state]) : [states]

/** The keys of a folder's items, ascending: numbers before texts. */
export async function itemKeys(db: Reader, folder: number, states?: readonly ItemState[]): Promise<ItemKey[]> {
  const keys: ItemKey[] = []
  const looks = looksFor(states)
  for (const look of looks) {
    for (let after: ItemKey | undefined, more = true; more; ) {
      const { rows } = await sql<{ key: ItemKey }>`
        select source_key as key from items
        where folder = ${folder} and ${inStates(look)} and ${beyond(after)} order by source_key limit ${keysPage}
      `.execute(db)
      for (const { key } of rows) keys.push(key)
      after = rows.at(-1)?.key
      more = rows.length === keysPage
      if (more) await nextTurn()
    }
  }
  return looks.length > 1 ? keys.sort(compareKeys) : keys
}

export interface ItemPages {
  readonly states?: readonly ItemState[]
  /** Begins behind this key. */
  readonly after?: ItemKey
  /** Items of one page. */
  readonly limit?: number
}

/** The items of a folder by key, in pages; each page is read when it is asked for, so the caller may write in between. */
export async function* items(db: Reader, folder: number, options: ItemPages = {}): AsyncGenerator<readonly ItemRow[], void, undefined> {
  const limit = options.limit ?? pageSize
  let after = options.after
  for (;;) {
    const found: ItemRow[] = []
    for (const look of looksFor(options.states)) {
      const { rows } = await sql<Selectable<ItemsTable>>`
        select * from items where folder = ${folder} and ${inStates(look)} and ${beyond(after)} order by source_key limit ${limit}
      `.execute(db)
      found.push(...rows.map(itemOf))
    }
    const page = found.sort((a, b) => compareKeys(a.key, b.key)).slice(0, limit)
    if (page.length > 0) yield page
    if (page.length < limit) return
    after = page.at(-1)?.key
    await nextTurn()
  }
}

const beyond = (key: ItemKey | undefined) => (key === undefined ? sql`true` : sql`source_key > ${key}`)

/** The items with these keys, by key; keys without an item are left out. */
export async function itemsByKeys(db: Reader, folder: number, keys: readonly ItemKey[]): Promise<ItemRow[]> {
  const found: ItemRow[] = []
  for (let at = 0; at < keys.length; at += pageSize) {
    if (at > 0) await nextTurn()
    const { rows } = await sql<Selectable<ItemsTable>>`
      select items.* from json_each(${JSON.stringify(keys.slice(at, at + pageSize))}) as wanted
      cross join items on items.folder = ${folder} and items.source_key = wanted.value
    `.execute(db)
    found.push(...rows.map(itemOf))
  }
  return found.sort((a, b) => compareKeys(a.key, b.key))
}

/** SQLite's order: numbers before texts, texts by code point in UTF-8. */
export function compareKeys(a: ItemKey, b: ItemKey): number {
  if (typeof a === 'number') return typeof b === 'number' ? a - b : -1
  return typeof b === 'number' ? 1 : Buffer.compare(Buffer.from(a), Buffer.from(b))
}
