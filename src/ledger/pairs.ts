import { type Selectable, sql } from 'kysely'
import { MailferryError } from '../domain/errors.ts'
import { asEngineId, asJobId, asPairId, type JobId, type PairId } from '../domain/ids.ts'
import { findCalled, mailboxKey } from '../domain/mailboxKey.ts'
import type { Mailbox, PairCounts, PairState, Phase, StoredError } from '../domain/pair.ts'
import { optional, parse } from './json.ts'
import type { Reader } from './ledger.ts'
import type { PairRow } from './rows.ts'
import type { PairsTable } from './schema.ts'

/** A row as the domain has it, with what only the ledger knows. */
export function pairOf(row: Selectable<PairsTable>): PairRow {
  return {
    id: asPairId(row.id),
    job: asJobId(row.job),
    source: parse<Mailbox>(row.source),
    target: parse<Mailbox>(row.target),
    priority: row.priority,
    state: stateOf(row),
    counts: parse<PairCounts>(row.counts),
    adopt: row.adopt === 1,
    ...optional('folder', row.folder),
    ...optional('sourceIncarnation', row.source_incarnation),
    ...optional('targetIncarnation', row.target_incarnation),
  }
}

type Waiting = Extract<PairState, { state: 'waiting' }>

function stateOf(row: Selectable<PairsTable>): PairState {
  switch (row.state) {
    case 'running': {
      const { phase } = parse<{ phase: Phase }>(row.detail)
      return { state: 'running', phase, owner: asEngineId(row.owner ?? ''), epoch: row.epoch }
    }
    case 'waiting':
      return { state: 'waiting', ...parse<Pick<Waiting, 'for' | 'until' | 'error'>>(row.detail) }
    case 'failed':
      return { state: 'failed', ...parse<{ error: StoredError }>(row.detail) }
    case 'completed':
      return { state: 'completed', ...parse<{ at: string }>(row.detail) }
    case 'completedWithDifferences':
      return { state: 'completedWithDifferences', ...parse<{ at: string; differences: number }>(row.detail) }
    case 'new':
    case 'queued':
    case 'stopped':
      return { state: row.state }
    default:
      throw new RangeError(`unknown pair state ${row.state}`)
  }
}

export interface PairPage {
  /** Begins after this pair, which the page before ended with. */
  readonly after?: PairRow
  readonly limit: number
}

/** The pairs of a job in the order they are worked on: priority, then source mailbox. */
export async function listPairs(db: Reader, job: JobId, page?: PairPage): Promise<PairRow[]> {
  let query = db.selectFrom('pairs').selectAll().where('job', '=', job).orderBy('priority', 'desc').orderBy('source_key')
  const after = page?.after
  if (after !== undefined) query = query.where(sql<boolean>`(-priority, source_key) > (${-after.priority}, ${mailboxKey(after.source)})`)
  if (page !== undefined) query = query.limit(page.limit)
  return (await query.execute()).map(pairOf)
}

/** A pair of a job by its id or by an address, of today or formerly, of either mailbox, the source's first, without regard to case; `pair.notFound`. */
export async function findPair(db: Reader, job: JobId, mailboxOrId: string): Promise<PairRow> {
  // By its id alone first: thousands are asked for in a row, and together with the addresses each would look through all pairs of the job.
  const known = await db.selectFrom('pairs').selectAll().where('id', '=', mailboxOrId).where('job', '=', job).executeTakeFirst()
  if (known !== undefined) return pairOf(known)
  const key = mailboxKey({ address: mailboxOrId })
  const rows = await db
    .selectFrom('pairs')
    .selectAll()
    .where('job', '=', job)
    .where(({ eb, or }) => or([eb('source_key', '=', key), eb('target_key', '=', key)]))
    .execute()
  const row = rows.find(({ source_key }) => source_key === key) ?? rows[0]
  const pair = row === undefined ? await findByAddress(db, job, mailboxOrId) : pairOf(row)
  if (pair !== undefined) return pair
  const { name } = await db.selectFrom('jobs').select('name').where('id', '=', job).executeTakeFirstOrThrow()
  throw new MailferryError('pair.notFound', { job: name, mailbox: mailboxOrId })
}

/** Mailboxes with an id are keyed by it, so that their addresses have to be looked through. */
async function findByAddress(db: Reader, job: JobId, address: string): Promise<PairRow | undefined> {
  const { rows } = await sql<{ id: string; source: string; target: string }>`
    select id, source, target from pairs where job = ${job} and (source ->> 'id' is not null or target ->> 'id' is not null)
  `.execute(db)
  const mailboxes = rows.map(({ id, source, target }) => ({ id, source: parse<Mailbox>(source), target: parse<Mailbox>(target) }))
  const found = findCalled(mailboxes, ({ source }) => source, { address }) ?? findCalled(mailboxes, ({ target }) => target, { address })
  return found === undefined ? undefined : getPair(db, asPairId(found.id))
}

/** A pair by its id. */
export async function getPair(db: Reader, pair: PairId): Promise<PairRow> {
  const row = await db.selectFrom('pairs').selectAll().where('id', '=', pair).executeTakeFirst()
  if (row === undefined) throw new MailferryError('pair.notFound', { job: '', mailbox: pair })
  return pairOf(row)
}

/** The source mailboxes' addresses of those of these ids that are pairs. */
export async function sourcesOf(db: Reader, ids: readonly string[]): Promise<ReadonlyMap<string, string>> {
  const rows = await db
    .selectFrom('pairs')
    .select(['id', 'source'])
    .where('id', 'in', [...new Set(ids)])
    .execute()
  return new Map(rows.map(({ id, source }) => [id, parse<Mailbox>(source).address]))
}

/** How many pairs of a job are in each state; states that none is in are left out. */
export async function pairStates(db: Reader, job: JobId): Promise<{ readonly state: PairState['state']; readonly pairs: number }[]> {
  const rows = await sql<{ state: PairState['state']; pairs: number }>`
    select state, count(*) as pairs from pairs where job = ${job} group by state order by state
  `.execute(db)
  return rows.rows.map(({ state, pairs }) => ({ state, pairs }))
}

/** The counts of all pairs of a job together. */
export async function jobCounts(db: Reader, job: JobId): Promise<PairCounts> {
  const { rows } = await sql<PairCounts>`
    select coalesce(sum(counts ->> 'items'), 0) as items, coalesce(sum(counts ->> 'bytes'), 0) as bytes,
      coalesce(sum(counts ->> 'done'), 0) as done, coalesce(sum(counts ->> 'doneBytes'), 0) as "doneBytes",
      coalesce(sum(counts ->> 'adopted'), 0) as adopted, coalesce(sum(counts ->> 'filtered'), 0) as filtered,
      coalesce(sum(counts ->> 'failed'), 0) as failed
    from pairs where job = ${job}
  `.execute(db)
  return { ...noCounts, ...rows[0] }
}

export const noCounts: PairCounts = { items: 0, bytes: 0, done: 0, doneBytes: 0, adopted: 0, filtered: 0, failed: 0 }
