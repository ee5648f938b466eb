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

/** What there is still to do in a job beside what this engine has in hand. */
export async function pairsLeft(db: Reader, job: JobId, engine: EngineId): Promise<PairsLeft> {
  const { rows } = await sql<{ id: string; engine: string | null }>`
    select pairs.id, engines.host || '/' || engines.pid as engine
    from pairs left join engines on engines.id = pairs.owner and engines.alive_until > ledger_now()
    where job = ${job} and (state = 'queued' or (state = 'waiting' and wake is not null) or (state = 'running' and owner <> ${engine}))
    order by state desc, priority desc, source_key limit 100
  `.execute(db)
  const elsewhere = rows.flatMap(({ id, engine }) => (engine === null ? [] : [{ pair: asPairId(id), engine }]))
  return { claimable: rows.length > elsewhere.length, elsewhere }
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
