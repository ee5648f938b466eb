import type { ConnectionId, JobId, PairId } from '../domain/ids.ts'
import { createEmitter } from '../editor/emitter.ts'
import type { EngineClient, EngineState, Event } from '../editor/engineClient.ts'
import type { JobProgress, LedgerChanges } from '../rpc/notifications.ts'
import type { ConnectionSummary, JobSummary, PairSummary } from '../rpc/results.ts'
import { changedIds } from './changedIds.ts'
import { createPacer } from './pacer.ts'
import { createPairLists, type PairFilter, type PairList } from './pairLists.ts'

export type Engine = Pick<EngineClient, 'call' | 'state' | 'onState' | 'onDidChange' | 'onProgress'>

/** What the views show: what the ledger said last, read again when it changes. Nobody edits it. */
export interface Mirror extends Disposable {
  readonly state: EngineState
  /** Sorted by name. */
  readonly connections: readonly ConnectionSummary[]
  readonly jobs: readonly JobSummary[]
  connection(id: ConnectionId): ConnectionSummary | undefined
  job(id: JobId): JobSummary | undefined
  pair(job: JobId, id: PairId): PairSummary | undefined
  /** The pairs of a job, from the first to the last that was asked for; read when first asked for. */
  pairs(job: JobId): Promise<PairList>
  /** What of them was read so far. */
  pairList(job: JobId): PairList | undefined
  readMorePairs(job: JobId): Promise<void>
  filterPairs(by: PairFilter): void
  /** Reads everything again. */
  refresh(): void
  readonly onDidChange: Event<MirrorChange>
}

/** What has to be drawn again. */
export interface MirrorChange {
  /** There are other connections or jobs than before, or the engine came to another state. */
  readonly all: boolean
  readonly connections: readonly ConnectionId[]
  readonly jobs: readonly JobId[]
  /** Jobs that have other pairs than before. */
  readonly pairLists: readonly JobId[]
  readonly pairs: readonly PairId[]
}

export interface MirrorOptions {
  readonly engine: Engine
  /** Milliseconds between two readings, and so between two drawings. */
  readonly intervalMs?: number
  readonly onTrouble: (thrown: unknown) => void
}

/** Milliseconds: a running job's totals are read again so often, whatever its mailboxes tell. */
const totalsEvery = 2000

export function createMirror({ engine, intervalMs = 250, onTrouble }: MirrorOptions): Mirror {
  const changed = createEmitter<MirrorChange>()
  const lists = createPairLists(engine)
  let connections: readonly ConnectionSummary[] = []
  let jobs: readonly JobSummary[] = []
  let due = everything()
  let progressed = new Set<PairId>()
  let totalsRead = 0

  const read = async (): Promise<void> => {
    const wanted = due
    const moved = progressed
    due = nothing()
    progressed = new Set()
    try {
      const change = await readDue(wanted)
      changed.fire({ ...change, pairs: [...new Set([...change.pairs, ...moved])] })
    } catch (thrown) {
      due = merged(wanted, due)
      onTrouble(thrown)
    }
  }
  const pacer = createPacer(read, intervalMs)

  const readDue = async ({ connections: hadConnections, jobs: hadJobs, pairsOf, state }: Due): Promise<MirrorChange> => {
    const before = { connections, jobs }
    if (hadConnections) connections = (await engine.call('connection.list', {})).toSorted(byName)
    if (hadJobs) {
      jobs = (await engine.call('job.list', {})).toSorted(byName)
      totalsRead = Date.now()
    }
    const pairs = await lists.readAgain(pairsOf === 'all' ? jobs.map(({ id }) => id) : pairsOf)
    const [connectionChange, jobChange] = [changedIds(before.connections, connections), changedIds(before.jobs, jobs)]
    return {
      all: state || connectionChange.list || jobChange.list,
      connections: connectionChange.ids,
      jobs: jobChange.ids,
      pairLists: pairs.lists,
      pairs: pairs.pairs,
    }
  }

  const ask = (more: Due): void => {
    due = merged(due, more)
    pacer.ask()
  }
  const take = (progress: JobProgress): void => {
    const pair = lists.take(progress)
    if (pair !== undefined) progressed.add(pair)
    ask({ ...nothing(), jobs: Date.now() - totalsRead > totalsEvery })
  }
  const listening = [
    engine.onDidChange(changes => {
      for (const { kind, id } of changes.removed) if (kind === 'job') forget(id)
      ask(dueAfter(changes, jobs))
    }),
    engine.onProgress(take),
    engine.onState(({ state }) => {
      if (state === 'running') ask({ ...everything(), state: true })
      else changed.fire({ all: true, connections: [], jobs: [], pairLists: [], pairs: [] })
    }),
  ]
  const forget = (id: string): void => {
    const job = jobs.find(job => job.id === id)
    if (job !== undefined) lists.forget(job.id)
  }
  pacer.ask()

  return {
    get state() {
      return engine.state
    },
    get connections() {
      return connections
    },
    get jobs() {
      return jobs
    },
    connection: id => connections.find(connection => connection.id === id),
    job: id => jobs.find(job => job.id === id),
    pair: (job, id) => lists.pair(job, id),
    pairs: job => lists.of(job),
    pairList: job => lists.known(job),
    async readMorePairs(job) {
      await lists.readMore(job)
      changed.fire({ all: false, connections: [], jobs: [], pairLists: [job], pairs: [] })
    },
    filterPairs(by) {
      lists.filter(by)
      changed.fire({ all: true, connections: [], jobs: [], pairLists: [], pairs: [] })
    },
    refresh: () => ask({ ...everything(), state: true }),
    onDidChange: changed.event,
    [Symbol.dispose]() {
      pacer[Symbol.dispose]()
      for (const one of listening) one.dispose()
    },
  }
}

/** What has to be read again. */
interface Due {
  readonly connections: boolean
  readonly jobs: boolean
  readonly pairsOf: ReadonlySet<JobId> | 'all'
  /** Everything is to be drawn again, whether or not it differs. */
  readonly state: boolean
}

const nothing = (): Due => ({ connections: false, jobs: false, pairsOf: new Set(), state: false })
const everything = (): Due => ({ connections: true, jobs: true, pairsOf: 'all', state: false })

const merged = (a: Due, b: Due): Due => ({
  connections: a.connections || b.connections,
  jobs: a.jobs || b.jobs,
  pairsOf: a.pairsOf === 'all' || b.pairsOf === 'all' ? 'all' : a.pairsOf.union(b.pairsOf),
  state: a.state || b.state,
})

/** A connection says which jobs use it, and a job how its pairs are: what changed below is read again above. */
function dueAfter({ connections, jobs, pairs, removed }: LedgerChanges, known: readonly JobSummary[]): Due {
  const touched = new Set<string>(pairs.map(({ job }) => job))
  const pairRemoved = removed.some(({ kind }) => kind === 'pair')
  return {
    connections: connections.length > 0 || jobs.length > 0 || removed.some(({ kind }) => kind !== 'pair'),
    jobs: jobs.length > 0 || pairs.length > 0 || connections.length > 0 || removed.length > 0,
    pairsOf: pairRemoved ? 'all' : new Set(known.map(({ id }) => id).filter(id => touched.has(id))),
    state: false,
  }
}

const byName = (a: { readonly name: string }, b: { readonly name: string }): number =>
  a.name.localeCompare(b.name, undefined, { numeric: true, sensitivity: 'base' })
