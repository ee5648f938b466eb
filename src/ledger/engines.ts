import { sql } from 'kysely'
import { v7 as uuid } from 'uuid'
import { asEngineId, type EngineId } from '../domain/ids.ts'
import { nextChange } from './changeNumber.ts'
import type { EngineIdentity } from './leaseBook.ts'
import type { Ledger, Reader, Tx } from './ledger.ts'

export interface LiveEngine {
  readonly id: EngineId
  readonly host: string
  readonly pid: number
  readonly version: string
  /** ISO 8601, UTC. */
  readonly started: string
  readonly aliveUntil: string
}

/** Enters a process that will run pairs. It lives as long as it calls `heartbeat` (or `renewLeases`) more often than its lease is long. */
export async function registerEngine(ledger: Ledger, identity: EngineIdentity): Promise<EngineId> {
  const id = asEngineId(uuid())
  await beat(ledger, id, identity, reapEngines)
  return id
}

/** Promises that the engine lives for another lease; an engine that was thought dead and removed is entered again. */
export async function heartbeat(ledger: Ledger, engine: EngineId): Promise<void> {
  await beat(ledger, engine, ledger.leases.identityOf(engine), async () => {})
}

/** A heartbeat with something more in the same transaction. */
export async function beat<Result>(
  ledger: Ledger,
  engine: EngineId,
  identity: EngineIdentity,
  more: (tx: Tx) => Promise<Result>,
): Promise<Result> {
  const { promised, result } = await ledger.write(async tx => {
    const promised = ledger.leases.promise(identity)
    await writeBeat(tx, engine, identity, promised.until)
    return { promised, result: await more(tx) }
  })
  ledger.leases.renewed(engine, identity, promised)
  return result
}

async function writeBeat(tx: Tx, engine: EngineId, { host, pid, version }: EngineIdentity, until: number): Promise<void> {
  const alive_until = new Date(until).toISOString()
  await tx
    .insertInto('engines')
    .values({ id: engine, host, pid, version, started: sql<string>`ledger_now()`, alive_until })
    .onConflict(conflict => conflict.column('id').doUpdateSet({ alive_until }))
    .execute()
}

/** The engines whose lease holds. */
export async function liveEngines(db: Reader): Promise<LiveEngine[]> {
  const rows = await db.selectFrom('engines').selectAll().where('alive_until', '>', sql<string>`ledger_now()`).orderBy('started').execute()
  return rows.map(({ id, alive_until, ...row }) => ({ ...row, id: asEngineId(id), aliveUntil: alive_until }))
}

/** Takes an engine out that ends in good order; pairs it still runs go back to the queue, or stop where that is wanted. */
export async function removeEngine(ledger: Ledger, engine: EngineId): Promise<void> {
  await ledger.write(async tx => {
    await tx.deleteFrom('engines').where('id', '=', engine).execute()
    await giveBack(tx)
  })
  ledger.leases.forget(engine)
}

/** Removes the engines whose lease has expired, and gives their pairs back to the queue. */
export async function reapEngines(tx: Tx): Promise<void> {
  const dead = await tx.deleteFrom('engines').where('alive_until', '<=', sql<string>`ledger_now()`).returning('id').execute()
  if (dead.length > 0) await giveBack(tx)
}

/** Running pairs without an engine: the epoch stays, so that only the next claim can write. */
async function giveBack(tx: Tx): Promise<void> {
  await sql`
    update pairs set owner = null, detail = '{}', folder = null, change = ${await nextChange(tx)},
      state = (select case jobs.wanted when 'run' then 'queued' else 'stopped' end from jobs where jobs.id = pairs.job)
    where owner is not null and owner not in (select id from engines)
  `.execute(tx)
}
