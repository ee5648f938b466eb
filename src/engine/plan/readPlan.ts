import { readFile } from 'node:fs/promises'
import { dirname, resolve } from 'node:path'
import { MailferryError } from '../../domain/errors.ts'
import { listedTwice } from '../../domain/jobChecks.ts'
import { type PlanConnection, type PlanJob, planSchema } from '../../rpc/plan.ts'
import { problemsOf } from '../../rpc/problems.ts'
import { jsonMistake } from './jsonMistake.ts'
import { readPairsCsv } from './pairsCsv.ts'
import { type ReadPair, readPair } from './readPair.ts'
import { refuseRepeats } from './repeats.ts'

export interface ReadPlan {
  readonly file: string
  readonly connections: readonly PlanConnection[]
  readonly jobs: readonly ReadJob[]
}

/** A job of a plan with its pairs at hand, wherever they were written; absent where the plan says nothing of them. */
export type ReadJob = Omit<PlanJob, 'pairs'> & { readonly pairs?: readonly ReadPair[] }

/** Reads and checks a plan file, or what is given in its stead; the paths in it become absolute. Throws `plan.unreadable`, `plan.invalid`, `csv.invalid`, `pair.twice`. */
export async function readPlan(file: string, given?: string): Promise<ReadPlan> {
  const document = await readJson(file, given)
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

async function readJson(file: string, given: string | undefined): Promise<unknown> {
  const unreadable = (cause: string, error: unknown): MailferryError =>
    new MailferryError('plan.unreadable', { file, cause }, { cause: error })
  const text =
    given ??
    (await readFile(file, 'utf8').catch(error => {
      throw unreadable(error instanceof Error ? error.message : String(error), error)
    }))
  try {
    return JSON.parse(text.replace(/^\uFEFF/, ''))
  } catch (error) {
    throw unreadable(jsonMistake(text) ?? 'it is not JSON', error)
  }
}

function withPaths(connection: PlanConnection, absolute: (path: string) => string): PlanConnection {
  const secret =
    connection.secret !== undefined && 'file' in connection.secret ? { secret: { file: absolute(connection.secret.file) } } : {}
  if (connection.kind === 'imap') {
    const { caFile } = connection.server
    return { ...connection, server: { ...connection.server, ...(caFile === undefined ? {} : { caFile: absolute(caFile) }) }, ...secret }
  }
  const { trust } = connection
  if (trust?.caFile === undefined) return { ...connection, ...secret }
  return { ...connection, trust: { ...trust, caFile: absolute(trust.caFile) }, ...secret }
}

async function withPairs(job: PlanJob, absolute: (path: string) => string): Promise<ReadJob> {
  const { pairs, ...rest } = job
  if (pairs === undefined) return rest
  const listed = Array.isArray(pairs) ? pairs.map(readPair) : await readPairsCsv(inFolder(pairs, absolute))
  const [twice] = listedTwice(job.name, listed)
  if (twice !== undefined) throw twice
  return { ...rest, pairs: listed }
}

const inFolder = (
  { csv, sourceList, targetList }: Exclude<NonNullable<PlanJob['pairs']>, readonly unknown[]>,
  absolute: (path: string) => string,
) => ({
  csv: absolute(csv),
  ...(sourceList === undefined ? {} : { sourceList: absolute(sourceList) }),
  ...(targetList === undefined ? {} : { targetList: absolute(targetList) }),
})
