import { readFile } from 'node:fs/promises'
import { dirname, resolve } from 'node:path'
import { MailferryError } from '../../domain/errors.ts'
import { type Plan, type PlanPair, planSchema } from '../../rpc/plan.ts'
import { problemsOf } from '../../rpc/problems.ts'
import { jsonMistake } from './jsonMistake.ts'
import { refuseNotYet } from './notYet.ts'
import { readPairsCsv } from './pairsCsv.ts'
import { refuseRepeats } from './repeats.ts'

export interface ReadPlan {
  readonly file: string
  readonly connections: NonNullable<Plan['connections']>
  readonly jobs: readonly ReadJob[]
}

/** A job of a plan with its pairs at hand, wherever they were written; absent where the plan says nothing of them. */
export type ReadJob = Omit<NonNullable<Plan['jobs']>[number], 'pairs'> & { readonly pairs?: readonly PlanPair[] }

/** Reads and checks a plan file; the paths in it become absolute. Throws `plan.unreadable`, `plan.invalid`, `csv.invalid`, `connection.notYet`, `pair.twice`. */
export async function readPlan(file: string): Promise<ReadPlan> {
  const document = await readJson(file)
  refuseNotYet(document)
  const checked = planSchema.safeParse(document)
  if (!checked.success) throw new MailferryError('plan.invalid', { file, problems: problemsOf(checked.error) })
  const { connections = [], jobs = [] } = checked.data
  refuseRepeats(file, connections, jobs)
  const absolute = (path: string): string => resolve(dirname(file), path)
  return {
    file,
    connections: connections.map(connection => withPaths(connection, absolute)),
    jobs: await Promise.all(jobs.map(job => withPairs(job, absolute))),
  }
}

async function readJson(file: string): Promise<unknown> {
  const unreadable = (cause: string, error: unknown): MailferryError =>
    new MailferryError('plan.unreadable', { file, cause }, { cause: error })
  const text = await readFile(file, 'utf8').catch(error => {
    throw unreadable(error instanceof Error ? error.message : String(error), error)
  })
  try {
    return JSON.parse(text.replace(/^\uFEFF/, ''))
  } catch (error) {
    throw unreadable(jsonMistake(text) ?? 'it is not JSON', error)
  }
}

function withPaths(
  connection: NonNullable<Plan['connections']>[number],
  absolute: (path: string) => string,
): NonNullable<Plan['connections']>[number] {
  const { server, secret } = connection
  return {
    ...connection,
    server: { ...server, ...(server.caFile === undefined ? {} : { caFile: absolute(server.caFile) }) },
    ...(secret !== undefined && 'file' in secret ? { secret: { file: absolute(secret.file) } } : {}),
  }
}

async function withPairs(job: NonNullable<Plan['jobs']>[number], absolute: (path: string) => string): Promise<ReadJob> {
  const { pairs, ...rest } = job
  if (pairs === undefined) return rest
  const listed = Array.isArray(pairs) ? pairs : await readPairsCsv(absolute(pairs.csv))
  refusePairsTwice(job.name, listed)
  return { ...rest, pairs: listed }
}

/** Throws `pair.twice` for a mailbox that a job reads, or writes, in two pairs. */
function refusePairsTwice(job: string, pairs: readonly PlanPair[]): void {
  const sources = new Set<string>()
  const targets = new Set<string>()
  for (const { source, target = source } of pairs) {
    if (sources.has(source.toLowerCase())) throw new MailferryError('pair.twice', { job, mailbox: source, side: 'source' })
    if (targets.has(target.toLowerCase())) throw new MailferryError('pair.twice', { job, mailbox: target, side: 'target' })
    sources.add(source.toLowerCase())
    targets.add(target.toLowerCase())
  }
}
