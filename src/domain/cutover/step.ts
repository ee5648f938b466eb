/** `unknown`: a fact could tell, and nobody asked or answered. `open`: to be done. `blocked`: to be done, and something else comes first. */
export type StepState = 'done' | 'open' | 'notNeeded' | 'blocked' | 'unknown'

export type Phase = 'before' | 'move' | 'after'

/** Steps that a person ticks where no fact tells. Their names are in ledgers: they never change. */
export const tickSteps = [
  'lowerTtl',
  'whoUses',
  'directorySync',
  'renameUsers',
  'removeAddresses',
  'removeDomain',
  'addDomain',
  'giveAddresses',
  'switchMx',
  'autodiscover',
] as const

export type TickStep = (typeof tickSteps)[number]

export type StepId =
  | TickStep
  | 'testConnections'
  | 'lastDelta'
  | 'declare'
  | 'reconfigureSource'
  | 'reconfigureTarget'
  | 'refreshAddresses'
  | 'delta'
  | 'verify'
  | 'endMirroring'

export const isTickStep = (id: string): id is TickStep => (tickSteps as readonly string[]).includes(id)

/** What a person said of a step. */
export interface Tick {
  /** ISO 8601, UTC. */
  readonly at: string
  readonly note?: string
}

/** A step as far as one connection, one job, or the domain's own DNS is concerned. */
export interface StepPart {
  readonly subject: string
  readonly state: StepState
  readonly detail: string
}

export interface CutoverStep {
  readonly id: StepId
  readonly phase: Phase
  readonly title: string
  readonly state: StepState
  readonly parts: readonly StepPart[]
  /** What to do, and what to beware of, for the kinds of servers concerned; in order. */
  readonly how: readonly string[]
  /** It is `done` because a person said so. */
  readonly tick?: Tick
}

const order: readonly StepState[] = ['open', 'blocked', 'unknown', 'done']

/** What parts are together: as far as the one that has most to do. */
export const together = (parts: readonly StepPart[]): StepState =>
  order.find(state => parts.some(part => part.state === state)) ?? 'notNeeded'
