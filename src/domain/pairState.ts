import { MailferryError } from './errors.ts'
import type { EngineId, PairId } from './ids.ts'
import type { PairState, Phase } from './pair.ts'

/** A pair as its lease sees it. All times are milliseconds of one clock, the ledger's. */
export interface Leased {
  readonly pair: PairId
  readonly state: PairState
  /** Of the last claim. Only ever grows, so that an epoch belongs to one run of one engine. */
  readonly epoch: number
  /** End of the owner's lease, while running. */
  readonly until: number
}

/** How a run ends. */
export type Outcome = Exclude<PairState, { state: 'running' | 'new' | 'queued' }>

/** Who did what; a run's own events carry the engine and epoch they were claimed under. */
export type PairEvent =
  | { readonly event: 'queue' }
  | { readonly event: 'stop' }
  | { readonly event: 'claim'; readonly by: EngineId; readonly now: number; readonly until: number }
  | { readonly event: 'renew'; readonly by: EngineId; readonly epoch: number; readonly until: number }
  /** Anything a run writes to the ledger. */
  | { readonly event: 'commit'; readonly by: EngineId; readonly epoch: number; readonly phase: Phase }
  | { readonly event: 'release'; readonly by: EngineId; readonly epoch: number; readonly as: Outcome }
  /** Somebody found the owner's lease ended, and takes the pair from it. */
  | { readonly event: 'giveBack'; readonly now: number; readonly wanted: 'run' | 'stop' }
  /** A person gave the missing secret, decided about a replaced mailbox, allowed deletions, or the time to wait is over. */
  | { readonly event: 'resume' }

export const newLeased = (pair: PairId): Leased => ({ pair, state: { state: 'new' }, epoch: 0, until: 0 })

/** Whether an engine may take the pair now: it is queued, its waiting for a server is over, or another one that ran it has let the lease end. */
export const isClaimable = ({ state, until }: Leased, by: EngineId, now: number): boolean => {
  switch (state.state) {
    case 'queued':
      return true
    case 'waiting':
      return state.for === 'server' && state.until !== undefined && Date.parse(state.until) <= now
    case 'running':
      return state.owner !== by && until <= now
    default:
      return false
  }
}

const lost = ({ pair }: Leased): MailferryError => new MailferryError('lease.lost', { pair })

const held = ({ pair, until }: Leased, engine: EngineId): MailferryError =>
  new MailferryError('lease.held', { pair, engine, until: new Date(until).toISOString() })

const notQueued = ({ pair, state }: Leased): MailferryError =>
  new MailferryError('internal', { detail: `the pair ${pair} can't be claimed, it is ${state.state}` })

/** The running state, if this engine has it under this epoch. */
const ownRun = ({ state }: Leased, by: EngineId, epoch: number): Extract<PairState, { state: 'running' }> | undefined =>
  state.state === 'running' && state.owner === by && state.epoch === epoch ? state : undefined

/** Whether a run may send anything to the target: only while it has the pair and its lease lasts, for afterwards somebody else may have it. */
export const mayWrite = (pair: Leased, by: EngineId, epoch: number, now: number): boolean =>
  ownRun(pair, by, epoch) !== undefined && now < pair.until

/**
 * What becomes of a pair by an event, or why that can't be: `lease.held` for a claim while the lease of another run lasts, `lease.lost` for
 * anything a run does under an epoch that is no longer the pair's. The ledger's transactions do the same in SQL.
 */
export const next = (pair: Leased, event: PairEvent): Leased | MailferryError => {
  const { state } = pair
  switch (event.event) {
    case 'queue':
      return state.state === 'running' || state.state === 'queued' ? pair : { ...pair, state: { state: 'queued' } }
    case 'stop':
      // A running pair is stopped by its owner, which finishes the batch in hand and then releases it. What waits for a person keeps its reason.
      return state.state === 'queued' || (state.state === 'waiting' && state.for === 'server')
        ? { ...pair, state: { state: 'stopped' } }
        : pair
    case 'resume':
      return state.state === 'waiting' ? { ...pair, state: { state: 'queued' } } : pair
    case 'giveBack':
      if (state.state !== 'running' || pair.until > event.now) return pair
      return { ...pair, state: { state: event.wanted === 'run' ? 'queued' : 'stopped' } }
    case 'claim': {
      if (!isClaimable(pair, event.by, event.now)) return state.state === 'running' ? held(pair, state.owner) : notQueued(pair)
      const epoch = pair.epoch + 1
      return { ...pair, state: { state: 'running', phase: 'plan', owner: event.by, epoch }, epoch, until: event.until }
    }
    case 'renew':
      return ownRun(pair, event.by, event.epoch) === undefined ? lost(pair) : { ...pair, until: Math.max(pair.until, event.until) }
    case 'commit': {
      const run = ownRun(pair, event.by, event.epoch)
      return run === undefined ? lost(pair) : { ...pair, state: { ...run, phase: event.phase } }
    }
    case 'release':
      return ownRun(pair, event.by, event.epoch) === undefined ? lost(pair) : { ...pair, state: event.as }
  }
}
