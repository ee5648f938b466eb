import { sql } from 'kysely'
import { asPairId, type EngineId, type JobId, type PairId } from '../domain/ids.ts'
import type { Reader } from '../ledger/ledger.ts'

/** A pair that another living engine works on. */
export interface ElsewherePair {
  readonly pair: PairId
  /** `host/pid`. */
  readonly engine: string
}

export interface PairsLeft {
  /** Pairs that this engine could take now or later. */
  readonly claimable: boolean
  readonly elsewhere: readonly ElsewherePair[]
}

/** What there is still to do in a job beside what this engine has in hand. Asked twice a second, so each part goes by the index on job and state. */
export async function pairsLeft(db: Reader, job: JobId, engine: EngineId): Promise<PairsLeft> {
  const running = await sql<{ id: string; engine: string }>`
    select pairs.id, engines.host || '/' || engines.pid as engine
    from pairs join engines on engines.id = pairs.owner and engines.alive_until > ledger_now()
    where job = ${job} and state = 'running' and owner <> ${engine}
    order by priority desc, source_key limit 100
  `.execute(db)
  const free = await sql<{ claimable: number }>`
    select exists (select 1 from pairs where job = ${job} and state = 'queued')
      or exists (select 1 from pairs where job = ${job} and state = 'waiting' and wake is not null)
      or exists (
        select 1 from pairs where job = ${job} and state = 'running' and owner <> ${engine}
          and owner not in (select id from engines where alive_until > ledger_now())
      ) as claimable
  `.execute(db)
  const elsewhere = running.rows.map(({ id, engine }) => ({ pair: asPairId(id), engine }))
  return { claimable: free.rows[0]?.claimable === 1, elsewhere }
}

/** Whether a job has pairs that could be taken now while no engine that lives works on any of it. */
export async function isAbandoned(db: Reader, job: JobId): Promise<boolean> {
  if ((await pairsRunning(db, job)) > 0) return false
  const { rows } = await sql<{ free: number }>`
    select exists (select 1 from pairs where job = ${job} and state = 'queued')
      or exists (select 1 from pairs where job = ${job} and state = 'waiting' and wake <= ledger_now())
      or exists (select 1 from pairs where job = ${job} and state = 'running') as free
  `.execute(db)
  return rows[0]?.free === 1
}

/** How many of a job's pairs run, in all engines that live. */
export async function pairsRunning(db: Reader, job: JobId): Promise<number> {
  const { rows } = await sql<{ running: number }>`
    select count(*) as running from pairs
    where job = ${job} and state = 'running' and owner in (select id from engines where alive_until > ledger_now())
  `.execute(db)
  return rows[0]?.running ?? 0
}

/** How many pairs a run of the job has before it. */
export async function pairsToRun(db: Reader, job: JobId): Promise<number> {
  const { rows } = await sql<{ pairs: number }>`
    select count(*) as pairs from pairs where job = ${job} and (state in ('queued', 'running') or (state = 'waiting' and wake is not null))
  `.execute(db)
  return rows[0]?.pairs ?? 0
}
