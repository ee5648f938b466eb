import { sql } from 'kysely'
import { v7 as uuid } from 'uuid'
import { MailferryError } from '../domain/errors.ts'
import { asJobId, type ConnectionId, type JobId } from '../domain/ids.ts'
import { isSame } from '../domain/isSame.ts'
import type { Job, JobSettings } from '../domain/job.ts'
import { wrongConnections } from '../domain/jobChecks.ts'
import { checkName, nameKey } from '../domain/names.ts'
import { mayOperate } from '../domain/staleGate.ts'
import { nextChange } from './changeNumber.ts'
import { listConnections } from './connections.ts'
import { findJob } from './jobs.ts'
import { type JournalDetail, journal } from './journal.ts'
import { isRunning } from './leases.ts'
import type { Tx } from './ledger.ts'
import { refuseSharedTargets } from './sharedTargets.ts'

export interface NewJob {
  readonly name: string
  readonly source: ConnectionId
  readonly target: ConnectionId
  readonly settings: JobSettings
}

/**
 * Adds a job without pairs, not started. Throws `name.taken` and what else `checkName` has against the name, `connection.notFound`,
 * and `connection.role` where a connection is on the wrong side.
 */
export async function createJob(tx: Tx, wanted: NewJob): Promise<Job> {
  const { source, target, settings } = wanted
  const name = await freeName(tx, wanted.name)
  const connections = new Map((await listConnections(tx)).map(connection => [connection.id, connection]))
  const [wrong] = wrongConnections({ name, source, target }, connections)
  if (wrong !== undefined) throw wrong
  const job: Job = { id: asJobId(uuid()), name, source, target, settings, wanted: 'stop' }
  await tx
    .insertInto('jobs')
    .values({ ...job, name_key: nameKey(name), settings: JSON.stringify(settings), change: await nextChange(tx) })
    .execute()
  await journal(tx, { subject: job.id, what: 'job.created', detail: { name, source, target, settings } })
  return job
}

/** Changes the name only, which is allowed while the job runs. Throws as `createJob` does for a name. */
export async function renameJob(tx: Tx, id: JobId, wanted: string): Promise<Job> {
  const before = await findJob(tx, id)
  const name = await freeName(tx, wanted, id)
  if (before.name === name) return before
  await tx
    .updateTable('jobs')
    .set({ name, name_key: nameKey(name), change: await nextChange(tx) })
    .where('id', '=', id)
    .execute()
  await journal(tx, { subject: id, what: 'job.renamed', detail: { from: before.name, to: name } })
  return { ...before, name }
}

/** Journals what was found of a job, for whoever watches the ledger to look at it again: its row stays as it is. */
export async function noteOfJob(tx: Tx, id: JobId, what: 'job.verified' | 'job.addressesRefreshed', detail: JournalDetail): Promise<void> {
  await journal(tx, { subject: id, what, detail })
  await tx
    .updateTable('jobs')
    .set({ change: await nextChange(tx) })
    .where('id', '=', id)
    .execute()
}

/** Gives a job other settings; a pair that runs takes them at its next start. Throws `target.shared` where consent to sharing is withdrawn from pairs that need it. */
export async function updateJob(tx: Tx, id: JobId, settings: JobSettings): Promise<Job> {
  const before = await findJob(tx, id)
  if (isSame(before.settings, settings)) return before
  const after: Job = { ...before, settings }
  if (before.settings.allowSharedTargets && !settings.allowSharedTargets) await refuseSharedTargets(tx, after)
  await tx
    .updateTable('jobs')
    .set({ settings: JSON.stringify(settings), change: await nextChange(tx) })
    .where('id', '=', id)
    .execute()
  await journal(tx, { subject: id, what: 'job.updated', detail: { from: before.settings, to: settings } })
  return after
}

/**
 * Starts a job or stops it. Engines obey within a second; what only waits for its turn or for a server stops at once, what waits for a person keeps its reason. To start throws `stale` for a stale connection
 * and `job.empty` without pairs; it queues nothing by itself (`queuePairs`).
 */
export async function setWanted(tx: Tx, id: JobId, wanted: 'run' | 'stop'): Promise<void> {
  const job = await findJob(tx, id)
  if (wanted === 'run') await refuseStart(tx, job)
  const change = await nextChange(tx)
  await tx.updateTable('jobs').set({ wanted, change }).where('id', '=', id).execute()
  if (wanted === 'stop') {
    await sql`update pairs set state = 'stopped', detail = '{}', wake = null, change = ${change} where job = ${id}
      and (state = 'queued' or (state = 'waiting' and detail ->> 'for' = 'server'))`.execute(tx)
  }
  if (job.wanted !== wanted) await journal(tx, { subject: id, what: wanted === 'run' ? 'job.started' : 'job.stopped' })
}

/** Deletes a job, its pairs and all that is known of their items; what was migrated stays where it is. Throws `job.running`. */
export async function deleteJob(tx: Tx, id: JobId): Promise<void> {
  const job = await findJob(tx, id)
  if (await isRunning(tx, { job: id })) throw new MailferryError('job.running', { job: job.name, operation: 'delete' })
  await tx.deleteFrom('jobs').where('id', '=', id).execute()
  await tx
    .insertInto('removed')
    .values({ change: await nextChange(tx), kind: 'job', id })
    .execute()
  await journal(tx, { subject: id, what: 'job.deleted', detail: { name: job.name } })
}

/** The name as it is stored, when no other job has it. */
async function freeName(tx: Tx, wanted: string, except?: JobId): Promise<string> {
  const name = checkName('job', wanted)
  if (name instanceof MailferryError) throw name
  const other = await tx.selectFrom('jobs').select(['id', 'name']).where('name_key', '=', nameKey(name)).executeTakeFirst()
  if (other !== undefined && other.id !== except) throw new MailferryError('name.taken', { kind: 'job', name: other.name })
  return name
}

async function refuseStart(tx: Tx, job: Job): Promise<void> {
  const refusal = mayOperate('start', job, await listConnections(tx))
  if (refusal !== undefined) throw refusal
  const pair = await tx.selectFrom('pairs').select('id').where('job', '=', job.id).limit(1).executeTakeFirst()
  if (pair === undefined) throw new MailferryError('job.empty', { job: job.name })
}
