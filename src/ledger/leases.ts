import { sql } from 'kysely'
import { asPairId, type EngineId, type JobId, type PairId } from '../domain/ids.ts'
import type { PairState } from '../domain/pair.ts'
import { nextChange } from './changeNumber.ts'
import { beat, reapEngines } from './engines.ts'
import type { Lease } from './leaseBook.ts'
import type { Ledger, Reader, Tx } from './ledger.ts'
import { takePair } from './takePair.ts'

/** Whether an engine that lives runs this pair, or any pair of this job. */
export async function isRunning(db: Reader, which: { readonly job: JobId } | { readonly pair: PairId }): Promise<boolean> {
  const those = 'job' in which ? sql`job = ${which.job}` : sql`id = ${which.pair}`
  const { rows } = await sql`
    select 1 from pairs where ${those} and state = 'running' and owner in (select id from engines where alive_until > ledger_now()) limit 1
  `.execute(db)
  return rows.length > 0
}

/** Puts a job's pairs in the queue, all or those named, except the ones that run or are queued already. Answers how many. */
export async function queuePairs(tx: Tx, job: JobId, which?: readonly PairId[]): Promise<number> {
  const named = which === undefined ? sql`true` : sql`id in (select value from json_each(${JSON.stringify(which)}))`
  const { numAffectedRows } = await sql`
    update pairs set state = 'queued', detail = '{}', wake = null, change = ${await nextChange(tx)}
    where job = ${job} and state not in ('running', 'queued') and ${named}
  `.execute(tx)
  return Number(numAffectedRows ?? 0n)
}

/** Which pairs a claim may take. */
export interface ClaimOptions {
  readonly job?: JobId
}

/**
 * Takes the first pair by priority, then source mailbox, among those that are queued, whose waiting is over, or whose engine's lease expired.
 * Exactly one engine gets it. Nothing where there is none.
 */
export async function claimPair(ledger: Ledger, engine: EngineId, options: ClaimOptions = {}): Promise<Lease | undefined> {
  return beat(ledger, engine, ledger.leases.identityOf(engine), async tx => {
    const pair = await firstClaimable(tx, options.job)
    return pair === undefined ? undefined : takePair(tx, engine, pair)
  })
}

/** The three ways a pair comes to be free, each one ordered look at the index on (job, state, priority, source mailbox). */
const claimable = [
  sql<boolean>`state = 'queued'`,
  sql<boolean>`state = 'waiting' and wake <= ledger_now()`,
  sql<boolean>`state = 'running' and owner not in (select id from engines where alive_until > ledger_now())`,
]

/** The pair that a claim takes, of one job or of all that are wanted. */
export async function firstClaimable(tx: Tx, job: JobId | undefined): Promise<PairId | undefined> {
  const wanted = tx.selectFrom('jobs').select('id').where('wanted', '=', 'run')
  const jobs = await (job === undefined ? wanted : wanted.where('id', '=', job)).execute()
  let best: { id: string; priority: number; source_key: string } | undefined
  for (const { id } of jobs) {
    const pairs = tx.selectFrom('pairs').select(['id', 'priority', 'source_key']).where('job', '=', id)
    for (const condition of claimable) {
      const row = await pairs.where(condition).orderBy('priority', 'desc').orderBy('source_key').limit(1).executeTakeFirst()
      if (row !== undefined && (best === undefined || comesBefore(row, best))) best = row
    }
  }
  return best === undefined ? undefined : asPairId(best.id)
}

const comesBefore = (a: { priority: number; source_key: string }, b: typeof a): boolean =>
  a.priority > b.priority || (a.priority === b.priority && a.source_key < b.source_key)

/**
 * One heartbeat for all pairs of an engine; call it every quarter of the lease. Reaps engines that are dead. A pair that somebody else
 * took over meanwhile is lost: its writer's `lost` is aborted, and it is in the answer.
 */
export async function renewLeases(ledger: Ledger, engine: EngineId): Promise<readonly Lease[]> {
  const lost = await beat(ledger, engine, ledger.leases.identityOf(engine), async tx => {
    await reapEngines(tx)
    const rows = await tx.selectFrom('pairs').select(['id', 'epoch']).where('state', '=', 'running').where('owner', '=', engine).execute()
    const epochs = new Map(rows.map(({ id, epoch }) => [id, epoch]))
    return ledger.leases.heldBy(engine).filter(({ pair, epoch }) => epochs.get(pair) !== epoch)
  })
  for (const lease of lost) ledger.leases.lose(lease)
  return lost
}

/** Gives a pair up in the state it has come to, its last progress written. False where it was lost before, and nothing is written. */
export async function releasePair(ledger: Ledger, lease: Lease, state: Exclude<PairState, { state: 'running' }>): Promise<boolean> {
  await ledger.leases.settle(lease)
  const { state: name, ...detail } = state
  const wake = state.state === 'waiting' && state.for === 'server' ? (state.until ?? null) : null
  return ledger.write(async tx => {
    const { numUpdatedRows } = await tx
      .updateTable('pairs')
      .set({ state: name, detail: JSON.stringify(detail), owner: null, wake, folder: null, change: await nextChange(tx) })
      .where('id', '=', lease.pair)
      .where('state', '=', 'running')
      .where('owner', '=', lease.engine)
      .where('epoch', '=', lease.epoch)
      .executeTakeFirst()
    return numUpdatedRows === 1n
  })
}
