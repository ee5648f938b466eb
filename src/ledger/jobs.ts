import type { Selectable } from 'kysely'
import { MailferryError } from '../domain/errors.ts'
import { asConnectionId, asJobId, type JobId } from '../domain/ids.ts'
import type { Job, JobSettings } from '../domain/job.ts'
import { nameKey } from '../domain/names.ts'
import type { Schedule } from '../domain/schedule.ts'
import { parse } from './json.ts'
import type { Reader } from './ledger.ts'
import type { JobsTable } from './schema.ts'

/** A row as the domain has it. */
export const jobOf = (row: Selectable<JobsTable>): Job => ({
  id: asJobId(row.id),
  name: row.name,
  source: asConnectionId(row.source),
  target: asConnectionId(row.target),
  settings: parse<JobSettings>(row.settings),
  wanted: row.wanted,
})

/** All jobs, by name. */
export async function listJobs(db: Reader): Promise<Job[]> {
  const rows = await db.selectFrom('jobs').selectAll().orderBy('name_key').execute()
  return rows.map(jobOf)
}

/** A job by its name, without regard to case, or by its id; `job.notFound` names those there are. */
export async function findJob(db: Reader, nameOrId: string): Promise<Job> {
  const row = await db
    .selectFrom('jobs')
    .selectAll()
    .where(({ eb, or }) => or([eb('id', '=', nameOrId), eb('name_key', '=', nameKey(nameOrId))]))
    .executeTakeFirst()
  if (row !== undefined) return jobOf(row)
  const known = (await listJobs(db)).map(({ name }) => name)
  throw new MailferryError('job.notFound', { name: nameOrId, known })
}

/** When a job may run, as it is now; nothing where at any time. */
export async function scheduleOf(db: Reader, job: JobId): Promise<Schedule | undefined> {
  const row = await db.selectFrom('jobs').select('settings').where('id', '=', job).executeTakeFirst()
  return row === undefined ? undefined : parse<JobSettings>(row.settings).schedule
}

/** What the person wants of a job: engines ask it once a second. */
export async function wantedOf(db: Reader, job: JobId): Promise<'run' | 'stop'> {
  const row = await db.selectFrom('jobs').select('wanted').where('id', '=', job).executeTakeFirst()
  return row?.wanted ?? 'stop'
}
