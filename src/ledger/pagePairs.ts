import { type RawBuilder, type Selectable, sql } from 'kysely'
import type { JobId } from '../domain/ids.ts'
import type { Reader } from './ledger.ts'
import { pairOf } from './pairs.ts'
import type { PairRow } from './rows.ts'
import type { PairsTable } from './schema.ts'

export interface WhichPairs {
  readonly offset: number
  readonly limit: number
  /** Part of an address or display name, without regard to case. */
  readonly filter?: string | undefined
  readonly states?: readonly string[] | undefined
}

/** A part of a job's pairs in the order they are worked on, and how many there are in all. */
export async function pagePairs(
  db: Reader,
  job: JobId,
  { offset, limit, filter = '', states }: WhichPairs,
): Promise<{ readonly total: number; readonly pairs: readonly PairRow[] }> {
  const those = sql`job = ${job} and ${inStates(states)} and ${matches(filter.trim().toLowerCase())}`
  const { rows: counted } = await sql<{ total: number }>`select count(*) as total from pairs where ${those}`.execute(db)
  const { rows } = await sql<Selectable<PairsTable>>`
    select * from pairs where ${those} order by priority desc, source_key limit ${limit} offset ${offset}
  `.execute(db)
  return { total: counted[0]?.total ?? 0, pairs: rows.map(pairOf) }
}

const inStates = (states: readonly string[] | undefined): RawBuilder<unknown> =>
  states === undefined ? sql`true` : sql`state in (select value from json_each(${JSON.stringify(states)}))`

const texts = [sql`source ->> 'address'`, sql`target ->> 'address'`, sql`source ->> 'displayName'`, sql`target ->> 'displayName'`]

const matches = (filter: string): RawBuilder<unknown> =>
  filter === ''
    ? sql`true`
    : sql`(${sql.join(
        texts.map(text => sql`instr(lower(${text}), ${filter}) > 0`),
        sql` or `,
      )})`
