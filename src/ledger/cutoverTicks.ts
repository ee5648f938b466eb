import { sql } from 'kysely'
import { isTickStep, type Tick, type TickStep } from '../domain/cutover/step.ts'
import { nextChange } from './changeNumber.ts'
import { journal } from './journal.ts'
import { optional } from './json.ts'
import type { Reader, Tx } from './ledger.ts'

export interface TickRow extends Tick {
  readonly domain: string
  readonly step: TickStep
}

/** What people ticked, of one domain or all. A step that this version doesn't know is left out, and kept. */
export async function listTicks(db: Reader, domain?: string): Promise<TickRow[]> {
  let query = db.selectFrom('cutover_ticks').selectAll().orderBy('domain').orderBy('at')
  if (domain !== undefined) query = query.where('domain', '=', domain)
  const rows = await query.execute()
  return rows.flatMap(({ domain: of, step, at, note }) => (isTickStep(step) ? [{ domain: of, step, at, ...optional('note', note) }] : []))
}

/** Ticks a step, or takes the tick back; journalled where that changes anything. A step that is ticked again keeps its first time. */
export async function setTick(
  tx: Tx,
  {
    domain,
    step,
    note,
    done,
  }: { readonly domain: string; readonly step: TickStep; readonly note?: string | undefined; readonly done: boolean },
): Promise<void> {
  const before = (await listTicks(tx, domain)).find(tick => tick.step === step)
  if (done ? before !== undefined && before.note === note : before === undefined) return
  if (done) {
    await tx
      .insertInto('cutover_ticks')
      .values({ domain, step, at: sql<string>`ledger_now()`, note: note ?? null })
      .onConflict(conflict => conflict.columns(['domain', 'step']).doUpdateSet({ note: note ?? null }))
      .execute()
  } else {
    await tx.deleteFrom('cutover_ticks').where('domain', '=', domain).where('step', '=', step).execute()
  }
  // The checklist is of connections: who shows it, in whichever window, reads it again when one of them changed.
  await tx
    .updateTable('connections')
    .set({ change: await nextChange(tx) })
    .execute()
  const what = done ? 'cutover.ticked' : 'cutover.tickTakenBack'
  await journal(tx, { subject: 'ledger', what, detail: { domain, step, ...optional('note', note) } })
}
