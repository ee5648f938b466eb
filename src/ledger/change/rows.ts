import { type RawBuilder, sql } from 'kysely'
import { MailferryError } from '../../domain/errors.ts'
import type { ItemInfo } from '../../domain/mail.ts'
import { stateCodes } from '../itemStates.ts'
import type { Tx } from '../ledger.ts'
import type { Change, ItemState } from '../rows.ts'

/** The change of one kind. */
export type Of<Kind extends Change['kind']> = Extract<Change, { kind: Kind }>

/** A state's code, written into the statement so that the partial index is seen to apply. */
export const code = (state: ItemState): RawBuilder<number> => sql.lit(stateCodes[state])

export const codes = (...states: readonly ItemState[]): RawBuilder<unknown> => sql.join(states.map(code))

/** A list as SQLite takes it in one parameter: each row an array, read by `value ->> index`. */
export const list = (rows: readonly unknown[]): RawBuilder<unknown> => sql`json_each(${JSON.stringify(rows)})`

/**
 * For `update … from`: rows that name their item first. The folder is in each of them because with a constant folder SQLite's planner
 * walks the whole folder for every row of the list, instead of looking each one up.
 */
export const changing = (folder: number, rows: readonly (readonly unknown[])[]): RawBuilder<unknown> =>
  list(rows.map(row => [folder, ...row]))
/** Each item by its primary key; the row's other values are `value ->> 2` and on. */
export const thatItem = sql`folder = value ->> 0 and source_key = value ->> 1`

/** What every inserting change says of an item, in the order of `infoColumns`. */
export const infoRow = ({ key, size, received, flags, version }: ItemInfo) => [
  key,
  size,
  received,
  flags.length > 0 ? JSON.stringify(flags) : null,
  version ?? null,
]

export const infoColumns = sql`source_key, size, received, flags, version`
export const infoValues = sql`value ->> 0, value ->> 1, value ->> 2, value ->> 3, value ->> 4`
export const infoUpdate = sql`size = excluded.size, received = excluded.received, flags = excluded.flags, version = excluded.version`

/**
 * Runs a statement that has to meet every item it names. A row that is missing or in another state means that something is
 * about to be written twice or forgotten: the whole commit is refused.
 */
export async function exactly(tx: Tx, kind: Change['kind'], items: number, statement: RawBuilder<unknown>): Promise<void> {
  const { numAffectedRows } = await statement.execute(tx)
  const met = Number(numAffectedRows ?? 0n)
  if (met !== items) throw new MailferryError('internal', { detail: `'${kind}' met ${met} of ${items} items in a state that allows it` })
}
