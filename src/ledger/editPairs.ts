import { sql } from 'kysely'
import { v7 as uuid } from 'uuid'
import { MailferryError } from '../domain/errors.ts'
import type { JobId, PairId } from '../domain/ids.ts'
import type { Job } from '../domain/job.ts'
import { listedTwice } from '../domain/jobChecks.ts'
import { mailboxKey } from '../domain/mailboxKey.ts'
import type { Mailbox } from '../domain/pair.ts'
import { nextChange } from './changeNumber.ts'
import { findJob } from './jobs.ts'
import { journal } from './journal.ts'
import { isRunning } from './leases.ts'
import type { Tx } from './ledger.ts'
import { getPair, noCounts } from './pairs.ts'
import { refuseSharedTargets } from './sharedTargets.ts'

export interface NewPair {
  readonly source: Mailbox
  readonly target: Mailbox
  readonly priority: number
}

/**
 * Adds pairs to a job, thousands in one statement. Throws `pair.twice` for a mailbox that the job already has on that side, or that is
 * listed twice, and `target.shared` for one that another job writes to.
 */
export async function addPairs(tx: Tx, id: JobId, pairs: readonly NewPair[]): Promise<void> {
  const job = await findJob(tx, id)
  const rows = pairs.map(({ source, target, priority }) => ({
    id: uuid(),
    source,
    target,
    sourceKey: mailboxKey(source),
    targetKey: mailboxKey(target),
    priority,
  }))
  const [twice] = listedTwice(job.name, pairs)
  if (twice !== undefined) throw twice
  await refuseTaken(
    tx,
    job,
    'source',
    pairs.map(({ source }) => source),
  )
  await refuseTaken(
    tx,
    job,
    'target',
    pairs.map(({ target }) => target),
  )
  await sql`
    insert into pairs (id, job, source_key, source, target_key, target, priority, state, detail, epoch, counts, adopt, change)
    select value ->> 'id', ${id}, value ->> 'sourceKey', value -> 'source', value ->> 'targetKey', value -> 'target', value ->> 'priority',
      'new', '{}', 0, ${JSON.stringify(noCounts)}, 0, ${await nextChange(tx)}
    from json_each(${JSON.stringify(rows)})
  `.execute(tx)
  await refuseSharedTargets(tx, job)
  await journal(tx, { subject: id, what: 'pairs.added', detail: { pairs: pairs.length } })
}

/** Changes the order in which pairs are taken: higher first. */
export async function setPriority(tx: Tx, pairs: readonly PairId[], priority: number): Promise<void> {
  await sql`
    update pairs set priority = ${priority}, change = ${await nextChange(tx)}
    where id in (select value from json_each(${JSON.stringify(pairs)})) and priority <> ${priority}
  `.execute(tx)
}

/**
 * Points a pair at other mailboxes. Only before anything of it was migrated: afterwards its item map belongs to the mailboxes it has,
 * and *reset* or a new pair is the way. Throws `pair.migrated`, `pair.running`, `pair.twice`, `target.shared`.
 */
export async function updatePair(tx: Tx, id: PairId, { source, target }: Pick<NewPair, 'source' | 'target'>): Promise<void> {
  const before = await getPair(tx, id)
  const job = await findJob(tx, before.job)
  const folder = await tx.selectFrom('folders').select('id').where('pair', '=', id).limit(1).executeTakeFirst()
  const mailbox = before.source.address
  if (await isRunning(tx, { pair: id })) throw new MailferryError('pair.running', { job: job.name, mailbox, operation: 'update' })
  if (folder !== undefined) throw new MailferryError('pair.migrated', { job: job.name, mailbox })
  await refuseTaken(tx, job, 'source', [source], id)
  await refuseTaken(tx, job, 'target', [target], id)
  await tx
    .updateTable('pairs')
    .set({
      source: JSON.stringify(source),
      source_key: mailboxKey(source),
      target: JSON.stringify(target),
      target_key: mailboxKey(target),
      change: await nextChange(tx),
    })
    .where('id', '=', id)
    .execute()
  await refuseSharedTargets(tx, job)
  await journal(tx, { subject: id, what: 'pair.updated', detail: { from: [before.source, before.target], to: [source, target] } })
}

/** Takes a pair out of its job, with all that is known of its items; what was migrated stays where it is. Throws `pair.running`. */
export async function removePair(tx: Tx, id: PairId): Promise<void> {
  const pair = await getPair(tx, id)
  if (await isRunning(tx, { pair: id })) {
    const job = await findJob(tx, pair.job)
    throw new MailferryError('pair.running', { job: job.name, mailbox: pair.source.address, operation: 'remove' })
  }
  await tx.deleteFrom('pairs').where('id', '=', id).execute()
  await tx
    .insertInto('removed')
    .values({ change: await nextChange(tx), kind: 'pair', id })
    .execute()
  await journal(tx, { subject: pair.job, what: 'pair.removed', detail: { source: pair.source.address, target: pair.target.address } })
}

/** Against what the job has already; `except` is the pair that is being changed. */
export async function refuseTaken(
  tx: Tx,
  job: Job,
  side: 'source' | 'target',
  mailboxes: readonly Mailbox[],
  except: PairId | '' = '',
): Promise<void> {
  const column = side === 'source' ? sql.ref('source_key') : sql.ref('target_key')
  const { rows } = await sql<{ key: string }>`
    select ${column} as key from pairs
    where job = ${job.id} and ${column} in (select value from json_each(${JSON.stringify(mailboxes.map(mailboxKey))})) and id <> ${except} limit 1
  `.execute(tx)
  const [taken] = rows
  if (taken === undefined) return
  const mailbox = mailboxes.find(each => mailboxKey(each) === taken.key)?.address ?? taken.key
  throw new MailferryError('pair.twice', { job: job.name, mailbox, side })
}
