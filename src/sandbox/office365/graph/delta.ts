import { fromRanges, type Ranges, toRanges } from '../../exchange/store/numberRanges.ts'
import type { Answer } from '../../http/answer.ts'
import { jsonAnswer } from '../../http/answer.ts'
import type { GraphCall } from './call.ts'
import { badRequest, GraphError } from './graphError.ts'
import { contextOf, linkTo } from './odata/page.ts'
import { openToken, sealToken } from './seal.ts'

/** What may be tracked: an object with a number for itself and one for its last change. */
export interface Tracked {
  readonly number: number
  /** Stays through moves. */
  readonly immutable: number
  readonly change: number
}

/** What a client has seen of a collection. Rounds go on over several pages. */
interface State {
  readonly path: string
  readonly query: string
  /** Milliseconds since the epoch. */
  readonly issued: number
  readonly store: string
  /** Changes up to this number were seen in earlier rounds. */
  readonly seen: number
  /** Changes up to this number belong to this round. */
  readonly until: number
  readonly given: Ranges
  /** Immutable numbers of those given whose numbers aren't the same. */
  readonly moved: readonly (readonly [number, number])[]
  /** Numbers told in this round. */
  readonly told: Ranges
}

export interface Collection<Entity extends Tracked> {
  readonly context: string
  /** The store's GUID and its last change number. */
  readonly store: string
  readonly lastChange: number
  readonly entities: readonly Entity[]
  readonly size: number
  /** `isNew`: the client hasn't it yet; `seen`: its changes up to this number are known to the client. */
  readonly show: (entity: Entity, isNew: boolean, seen: number) => object
  /** An id as it was given out. */
  readonly removedId: (gone: Pick<Tracked, 'number' | 'immutable'>) => string
}

/** The call with the options its round began with, and the state it goes on from. */
export function resumeDelta(call: GraphCall): { readonly call: GraphCall; readonly state: State | undefined } {
  const token = call.query.get('$deltatoken') ?? call.query.get('$skiptoken')
  if (token === null) return { call, state: undefined }
  const state = openToken<State>(call.site.tenant, token)
  if (state?.path !== pathOf(call)) throw badRequest('Badly formed token.')
  const { deltaTokenLifetime, deltaTokensSince } = call.site.tenant.switches
  if (state.issued < deltaTokensSince || state.issued + deltaTokenLifetime < call.now) throw forgotten()
  return { call: { ...call, query: new URLSearchParams(state.query) }, state }
}

const forgotten = (): GraphError =>
  new GraphError(410, 'SyncStateNotFound', 'The sync state generation is not found; a full synchronization is required.')

const pathOf = ({ segments }: GraphCall): string => segments.join('/').toLowerCase()

/** One page of a round: what is gone, new or changed since the last; with the link to the next page, or to the next round. */
export function answerDelta<Entity extends Tracked>(call: GraphCall, state: State | undefined, collection: Collection<Entity>): Answer {
  const { store, lastChange, entities, size } = collection
  if (state && state.store !== store) throw forgotten()
  const seen = state?.seen ?? 0
  const until = state && state.until > 0 ? state.until : lastChange
  const given = new Set(fromRanges(state?.given ?? []))
  const moved = new Map(state?.moved)
  const told = new Set(fromRanges(state?.told ?? []))
  const wanted = call.query.get('changeType')
  const present = new Set(entities.map(({ number }) => number))
  const lasting = new Set(entities.map(({ immutable }) => immutable))
  const gone = [...given].filter(number => !present.has(number)).map(number => ({ number, immutable: moved.get(number) ?? number }))
  const news = entities.filter(({ number, change }) => !told.has(number) && (change > seen || !given.has(number)))
  const value: object[] = []
  let left = size
  for (const one of gone) {
    if (left === 0) break
    given.delete(one.number)
    moved.delete(one.number)
    // What moved away and came back is there; by its lasting id it never left.
    const isWanted = (wanted ?? 'deleted') === 'deleted' && !lasting.has(one.immutable)
    if (!isWanted) continue
    value.push({ id: collection.removedId(one), '@removed': { reason: 'deleted' } })
    left--
  }
  for (const one of news) {
    if (left === 0) break
    const isNew = !given.has(one.number)
    given.add(one.number)
    told.add(one.number)
    if (one.immutable !== one.number) moved.set(one.number, one.immutable)
    if (wanted !== null && wanted !== (isNew ? 'created' : 'updated')) continue
    value.push(collection.show(one, isNew, seen))
    left--
  }
  const isDone = [...given].every(number => present.has(number)) && news.every(({ number }) => told.has(number))
  const next: State = {
    path: pathOf(call),
    query: call.query.toString(),
    issued: call.now,
    store,
    seen: isDone ? until : seen,
    until: isDone ? 0 : until,
    given: toRanges(given),
    moved: [...moved],
    told: isDone ? [] : toRanges(told),
  }
  const token = sealToken(call.site.tenant, next)
  return jsonAnswer({
    '@odata.context': contextOf(call, collection.context),
    ...(isDone ? { '@odata.deltaLink': linkTo(call, `$deltatoken=${token}`) } : { '@odata.nextLink': linkTo(call, `$skiptoken=${token}`) }),
    value,
  })
}
