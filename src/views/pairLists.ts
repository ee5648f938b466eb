import type { JobId, PairId } from '../domain/ids.ts'
import type { PairState } from '../domain/pair.ts'
import type { JobProgress } from '../rpc/notifications.ts'
import type { PairSummary } from '../rpc/results.ts'
import { changedIds } from './changedIds.ts'
import type { Engine } from './mirror.ts'

/** Pairs that are read at a time. */
const pageSize = 200
/** What one request answers at most. */
const largestPage = 1000

/** The pairs of a job that were read so far, in the order they are worked on. Never changed, but replaced. */
export interface PairList {
  readonly pairs: readonly PairSummary[]
  /** How many there are, those that aren't read included; with a filter, those that match it. */
  readonly total: number
}

/** Which pairs are shown: with this in an address or name, in one of these states; all of them with nothing. */
export interface PairFilter {
  readonly text?: string
  readonly states?: readonly PairState['state'][]
}

/** The pairs of those jobs that somebody looks at. */
export interface PairLists {
  /** Reads the first ones, the first time. */
  of(job: JobId): Promise<PairList>
  known(job: JobId): PairList | undefined
  pair(job: JobId, id: PairId): PairSummary | undefined
  readMore(job: JobId): Promise<void>
  /** Only such pairs, from now on. What was read is forgotten. */
  filter(by: PairFilter): void
  /** Reads again what was read of these jobs. */
  readAgain(jobs: Iterable<JobId>): Promise<PairChange>
  /** Takes over how far a pair is; answers whether it is one that was read. */
  take(progress: JobProgress): PairId | undefined
  forget(job: JobId): void
}

export interface PairChange {
  /** Jobs whose list has others, or in another order. */
  readonly lists: readonly JobId[]
  readonly pairs: readonly PairId[]
}

export function createPairLists(engine: Pick<Engine, 'call'>): PairLists {
  const lists = new Map<JobId, PairList>()
  const byId = new WeakMap<PairList, ReadonlyMap<PairId, PairSummary>>()
  let filter: PairFilter = {}

  const read = async (job: JobId, offset: number, limit: number): Promise<PairList> => {
    const { text = '', states } = filter
    const { list, total } = await engine.call('job.pairs', {
      name: job,
      offset,
      limit,
      ...(text === '' ? {} : { filter: text }),
      ...(states === undefined ? {} : { states: [...states] }),
    })
    return { pairs: list, total }
  }
  const readFirst = async (job: JobId, count: number): Promise<PairList> => {
    let pairs: readonly PairSummary[] = []
    for (;;) {
      const page = await read(job, pairs.length, Math.min(count - pairs.length, largestPage))
      pairs = [...pairs, ...page.pairs]
      if (page.pairs.length === 0 || pairs.length >= Math.min(count, page.total)) return { pairs, total: page.total }
    }
  }
  const readAgain = async (job: JobId): Promise<{ list: boolean; ids: readonly PairId[] }> => {
    const before = lists.get(job)
    if (before === undefined) return { list: false, ids: [] }
    const after = await readFirst(job, Math.max(before.pairs.length, pageSize))
    lists.set(job, after)
    const { list, ids } = changedIds(before.pairs, after.pairs)
    return { list: list || before.total !== after.total, ids }
  }

  return {
    async of(job) {
      const known = lists.get(job) ?? (await read(job, 0, pageSize))
      lists.set(job, known)
      return known
    },
    known: job => lists.get(job),
    pair(job, id) {
      const list = lists.get(job)
      if (list === undefined) return undefined
      // Each of thousands of rows asks for its own.
      const pairs = byId.get(list) ?? new Map(list.pairs.map(pair => [pair.id, pair]))
      byId.set(list, pairs)
      return pairs.get(id)
    },
    async readMore(job) {
      const { pairs } = lists.get(job) ?? { pairs: [] }
      const { pairs: more, total } = await read(job, pairs.length, pageSize)
      const known = new Set(pairs.map(({ id }) => id))
      lists.set(job, { pairs: [...pairs, ...more.filter(({ id }) => !known.has(id))], total })
    },
    filter(by) {
      filter = by
      lists.clear()
    },
    async readAgain(jobs) {
      const changed: JobId[] = []
      const pairs: PairId[] = []
      for (const job of jobs) {
        const { list, ids } = await readAgain(job)
        if (list) changed.push(job)
        pairs.push(...ids)
      }
      return { lists: changed, pairs }
    },
    take({ job, pair: id, phase, counts }) {
      for (const [of, list] of lists) {
        const at = of === job ? list.pairs.findIndex(pair => pair.id === id) : -1
        const pair = list.pairs[at]
        if (pair?.state.state !== 'running') continue
        lists.set(of, { ...list, pairs: list.pairs.with(at, { ...pair, counts, state: { ...pair.state, phase } }) })
        return pair.id
      }
      return undefined
    },
    forget: job => lists.delete(job),
  }
}
