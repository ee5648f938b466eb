import type { ConnectionSummary, DomainLine, JobSummary, JournalLine } from '../../rpc/results.ts'
import { stateOf } from '../../views/rows/jobText.ts'

export interface CutoverOf {
  readonly domain: string
  readonly status: readonly DomainLine[]
  readonly connections: readonly ConnectionSummary[]
  readonly jobs: readonly JobSummary[]
  /** The oldest entries first. */
  readonly journal: readonly JournalLine[]
}

/** A connection that the domain's change concerns, or concerned when it was declared. */
export interface ConcernedConnection {
  readonly connection: ConnectionSummary
  /** When the change was declared for it; nothing where it wasn't, or the declaration was taken back. */
  readonly declaredAt?: string
  /** When it was reconfigured since. */
  readonly reconfiguredAt?: string
}

/** A job that uses one of them, and what was done with it since the last of its connections was reconfigured. */
export interface ConcernedJob {
  readonly job: JobSummary
  /** When its last connection was reconfigured; nothing while one of them still has to be. */
  readonly readySince?: string
  readonly ranSince: boolean
}

export interface CutoverFacts {
  readonly connections: readonly ConcernedConnection[]
  readonly jobs: readonly ConcernedJob[]
  /** Addresses of some mailbox were found to be others since the first of the jobs was ready. */
  readonly refreshed: boolean
}

const saysDomain = ({ detail }: JournalLine, domain: string): boolean =>
  typeof detail?.['domain'] === 'string' && detail['domain'].toLowerCase() === domain.toLowerCase()

/** Every domain that a change can be about: what connections depend on now, and what was declared. */
export function domainsOf(status: readonly DomainLine[], journal: readonly JournalLine[]): string[] {
  const declared = journal.flatMap(({ what, detail }) => (what === 'domain.declared' ? [String(detail?.['domain'])] : []))
  return [...new Set([...declared.toReversed(), ...status.flatMap(({ domains }) => domains)])]
}

/** What the ledger knows of a domain's cutover. After it was reconfigured a connection depends on the domain no more: the journal still tells that it did. */
export function cutoverFacts({ domain, status, connections, jobs, journal }: CutoverOf): CutoverFacts {
  const depends = new Set(status.filter(({ domains }) => domains.includes(domain)).map(({ connection }) => connection))
  const concerned = connections.flatMap((connection): ConcernedConnection[] => {
    const declaredAt = lastDeclaration(journal, connection, domain)
    if (declaredAt === undefined && !depends.has(connection.name)) return []
    const reconfigured = journal.findLast(
      ({ subject, what, at }) => subject === connection.id && what === 'connection.reconfigured' && at >= (declaredAt ?? ''),
    )
    return [
      {
        connection,
        ...(declaredAt === undefined ? {} : { declaredAt }),
        ...(declaredAt === undefined || reconfigured === undefined ? {} : { reconfiguredAt: reconfigured.at }),
      },
    ]
  })
  const used = jobs.flatMap(job => concernedJob(job, concerned, journal))
  const since = used.flatMap(({ readySince }) => readySince ?? []).sort()[0]
  const refreshed = since !== undefined && journal.some(({ what, at }) => what === 'pair.addressRefreshed' && at >= since)
  return { connections: concerned, jobs: used, refreshed }
}

function lastDeclaration(journal: readonly JournalLine[], { id }: ConnectionSummary, domain: string): string | undefined {
  const last = journal.findLast(
    line =>
      line.subject === id && (line.what === 'domain.declared' || line.what === 'domain.declarationUndone') && saysDomain(line, domain),
  )
  return last?.what === 'domain.declared' ? last.at : undefined
}

function concernedJob(job: JobSummary, concerned: readonly ConcernedConnection[], journal: readonly JournalLine[]): ConcernedJob[] {
  const uses = concerned.filter(({ connection }) => connection.name === job.source || connection.name === job.target)
  if (uses.length === 0) return []
  const times = uses.map(({ reconfiguredAt }) => reconfiguredAt)
  const readySince = times.includes(undefined)
    ? undefined
    : times
        .flatMap(at => at ?? [])
        .sort()
        .at(-1)
  if (readySince === undefined) return [{ job, ranSince: false }]
  const started = journal.some(({ subject, what, at }) => subject === job.id && what === 'job.started' && at >= readySince)
  const state = stateOf(job)
  return [{ job, readySince, ranSince: started && (state === 'completed' || state === 'completedWithDifferences') }]
}
