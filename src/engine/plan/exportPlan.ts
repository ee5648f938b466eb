import type { Job } from '../../domain/job.ts'
import type { Mailbox } from '../../domain/pair.ts'
import type { Schedule } from '../../domain/schedule.ts'
import { listConnections } from '../../ledger/connections.ts'
import { listJobs } from '../../ledger/jobs.ts'
import type { Reader } from '../../ledger/ledger.ts'
import { listPairs } from '../../ledger/pairs.ts'
import { secretReferenceOf } from '../../ledger/secretReferences.ts'
import { type Plan, type PlanJob, type PlanMailbox, planSchema } from '../../rpc/plan.ts'
import { planConnection } from './planConnection.ts'

/** Everything the ledger defines as a plan, ready to be applied elsewhere; secrets only as where they are had. */
export async function exportPlan(db: Reader): Promise<Plan> {
  const connections = await listConnections(db)
  const names = new Map(connections.map(({ id, name }) => [id, name]))
  const jobs = await Promise.all((await listJobs(db)).map(job => planJob(db, job, names)))
  const planned = await Promise.all(
    connections.map(async connection => planConnection(connection, await secretReferenceOf(db, connection.id))),
  )
  return planSchema.parse({ connections: planned, jobs })
}

async function planJob(db: Reader, { id, name, source, target, settings }: Job, names: ReadonlyMap<string, string>): Promise<PlanJob> {
  const { folderMap, filters, schedule, ...rest } = settings
  const pairs = (await listPairs(db, id)).map(pair => ({
    source: planMailbox(pair.source),
    ...(pair.target.id === undefined && pair.target.address === pair.source.address ? {} : { target: planMailbox(pair.target) }),
    ...(pair.priority === 0 ? {} : { priority: pair.priority }),
  }))
  const folders = folderMap.map(placement => ({ source: [...placement.source], target: [...placement.target] }))
  const { includeFolders, excludeFolders, itemTypes, ...otherFilters } = filters
  return {
    name,
    source: names.get(source) ?? source,
    target: names.get(target) ?? target,
    ...rest,
    ...(schedule === undefined ? {} : { schedule: planSchedule(schedule) }),
    ...(folders.length === 0 ? {} : { folders }),
    filters: {
      ...otherFilters,
      ...(includeFolders === undefined ? {} : { includeFolders: [...includeFolders] }),
      ...(excludeFolders === undefined ? {} : { excludeFolders: [...excludeFolders] }),
      ...(itemTypes === undefined ? {} : { itemTypes: [...itemTypes] }),
    },
    pairs,
  }
}

const planSchedule = ({ windows, ...rest }: Schedule): NonNullable<PlanJob['schedule']> => ({
  ...rest,
  ...(windows === undefined ? {} : { windows: windows.map(window => ({ ...window, days: [...window.days] })) }),
})

const planMailbox = ({ formerly: _formerly, ...mailbox }: Mailbox): PlanMailbox => (mailbox.id === undefined ? mailbox.address : mailbox)
