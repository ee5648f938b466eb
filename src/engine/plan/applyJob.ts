import { MailferryError } from '../../domain/errors.ts'
import { isSame } from '../../domain/isSame.ts'
import type { Job } from '../../domain/job.ts'
import { nameKey } from '../../domain/names.ts'
import { findConnection } from '../../ledger/connections.ts'
import { createJob, updateJob } from '../../ledger/editJobs.ts'
import { listJobs } from '../../ledger/jobs.ts'
import type { Tx } from '../../ledger/ledger.ts'
import type { ApplyLine } from '../../rpc/results.ts'
import { applyPairs } from './applyPairs.ts'
import type { ReadJob } from './readPlan.ts'
import { jobSettings } from './settings.ts'

/** Creates a job with its pairs, or brings the one of that name up to the plan. `path` is where it stands in the plan `file`. */
export async function applyJob(tx: Tx, file: string, path: string, planned: ReadJob): Promise<ApplyLine[]> {
  const settings = jobSettings(planned)
  const source = await findConnection(tx, planned.source)
  const target = await findConnection(tx, planned.target)
  const existing = (await listJobs(tx)).find(job => nameKey(job.name) === nameKey(planned.name))
  if (existing === undefined) {
    const job = await createJob(tx, { name: planned.name, source: source.id, target: target.id, settings })
    return [{ kind: 'job', name: job.name, outcome: 'created' }, ...(await applyPairs(tx, job, planned.pairs))]
  }
  refuseOtherConnection(file, path, existing, 'source', existing.source === source.id)
  refuseOtherConnection(file, path, existing, 'target', existing.target === target.id)
  const same = isSame(existing.settings, settings)
  const job = same ? existing : await updateJob(tx, existing.id, settings)
  return [{ kind: 'job', name: job.name, outcome: same ? 'unchanged' : 'updated' }, ...(await applyPairs(tx, job, planned.pairs))]
}

/** A job keeps its connections: its item map is about those two. */
function refuseOtherConnection(file: string, path: string, { name }: Job, side: 'source' | 'target', same: boolean): void {
  if (same) return
  const message = `the job “${name}” has another ${side} connection, and that never changes; make a new job for another one`
  throw new MailferryError('plan.invalid', { file, problems: [{ path: `${path}.${side}`, message }] })
}
