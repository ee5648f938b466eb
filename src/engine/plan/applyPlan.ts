import { nameKey } from '../../domain/names.ts'
import { listConnections } from '../../ledger/connections.ts'
import { listJobs } from '../../ledger/jobs.ts'
import type { Tx } from '../../ledger/ledger.ts'
import type { ApplyLine } from '../../rpc/results.ts'
import { applyConnection } from './applyConnection.ts'
import { applyJob } from './applyJob.ts'
import type { ReadPlan } from './readPlan.ts'

/**
 * Makes the ledger say what the plan says, within one transaction: everything or nothing. Never renames and never removes;
 * what the plan leaves out is listed as left alone.
 */
export async function applyPlan(tx: Tx, plan: ReadPlan): Promise<ApplyLine[]> {
  const lines: ApplyLine[] = []
  for (const connection of plan.connections) lines.push(await applyConnection(tx, connection))
  lines.push(...leftAlone('connection', await listConnections(tx), plan.connections))
  for (const [index, job] of plan.jobs.entries()) lines.push(...(await applyJob(tx, plan.file, `jobs[${index}]`, job)))
  lines.push(...leftAlone('job', await listJobs(tx), plan.jobs))
  return lines
}

interface Named {
  readonly name: string
}

function leftAlone(kind: ApplyLine['kind'], known: readonly Named[], planned: readonly Named[]): ApplyLine[] {
  const mentioned = new Set(planned.map(({ name }) => nameKey(name)))
  return known.filter(({ name }) => !mentioned.has(nameKey(name))).map(({ name }) => ({ kind, name, outcome: 'left alone' }))
}
