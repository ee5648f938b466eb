import { MailferryError } from '../../domain/errors.ts'
import { asPairId } from '../../domain/ids.ts'
import { isSame } from '../../domain/isSame.ts'
import type { Job } from '../../domain/job.ts'
import { findConnection } from '../../ledger/connections.ts'
import { createJob, renameJob, updateJob } from '../../ledger/editJobs.ts'
import { addPairs, removePair, setPriority } from '../../ledger/editPairs.ts'
import { findJob } from '../../ledger/jobs.ts'
import type { Tx } from '../../ledger/ledger.ts'
import type { Handler, Params } from '../../rpc/protocol.ts'
import type { EngineContext } from '../context.ts'
import { jobSummary } from '../jobSummary.ts'
import { readPair } from '../plan/readPair.ts'
import { jobSettings } from '../plan/settings.ts'

/** Creates a job with its pairs, or edits one: all of it or nothing. Throws what making jobs and pairs throws, and `edited` where somebody else changed it since `before`. */
export const jobSave: Handler<'job.save', EngineContext> = ({ ledger }, params) =>
  ledger.write(async tx => {
    const job = params.id === undefined ? await create(tx, params) : await edit(tx, params.id, params)
    for (const pair of params.remove ?? []) await removePair(tx, asPairId(pair))
    if (params.add !== undefined && params.add.length > 0) await addPairs(tx, job.id, params.add.map(readPair))
    for (const { pairs, priority } of params.priorities ?? []) await setPriority(tx, pairs.map(asPairId), priority)
    return jobSummary(tx, job)
  })

async function create(tx: Tx, { job }: Params<'job.save'>): Promise<Job> {
  const source = await findConnection(tx, job.source)
  const target = await findConnection(tx, job.target)
  return createJob(tx, { name: job.name, source: source.id, target: target.id, settings: jobSettings(job) })
}

async function edit(tx: Tx, id: string, { job, before }: Params<'job.save'>): Promise<Job> {
  const existing = await findJob(tx, id)
  for (const side of ['source', 'target'] as const) {
    const { id: wanted } = await findConnection(tx, job[side])
    if (wanted !== existing[side]) throw new MailferryError('job.connections', { job: existing.name, side })
  }
  if (before !== undefined && !isSame(before, existing.settings)) throw new MailferryError('edited', { kind: 'job', name: existing.name })
  await updateJob(tx, existing.id, jobSettings(job))
  return renameJob(tx, existing.id, job.name)
}
