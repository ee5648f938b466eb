import type { Release } from '../../../src/sandbox/exchange/versions.ts'
import { defaultPolicy, type ThrottlingPolicy } from '../../../src/sandbox/throttling/policy.ts'

const ways = ['stream', 'mime', 'imap'] as const
const circumstances = ['free', 'throttled', 'rtt40'] as const

type Way = (typeof ways)[number]
type Circumstance = (typeof circumstances)[number]
export type ExchangeWorkName = `${Way}-${Circumstance}`

export const exchangeWorkNames: readonly ExchangeWorkName[] = ways.flatMap(way =>
  circumstances.map((circumstance): ExchangeWorkName => `${way}-${circumstance}`),
)

export interface ExchangeWork {
  readonly what: string
  readonly source: 'exchange' | 'imap'
  /** Of the target; before 2010 SP1 it takes nothing but MIME. */
  readonly release: Release
  readonly throttling?: ThrottlingPolicy
  /** Milliseconds a byte to either server and its answer take; nothing is put between where absent. */
  readonly roundTripMs?: number
}

/** The default policy with budgets of a thousandth: what a large mailbox meets after an hour, a small one meets after a second. It flows back as fast as it does. */
const soonSpent: ThrottlingPolicy = {
  ...defaultPolicy,
  ewsMaxBurst: defaultPolicy.ewsMaxBurst / 1000,
  ewsCutoffBalance: defaultPolicy.ewsCutoffBalance / 1000,
}

const byWay: Record<Way, Pick<ExchangeWork, 'what' | 'source' | 'release'>> = {
  stream: { what: 'Exchange to Exchange by the full-fidelity stream', source: 'exchange', release: 'Exchange2016' },
  mime: { what: 'Exchange to Exchange by MIME', source: 'exchange', release: 'Exchange2010' },
  imap: { what: 'IMAP to Exchange', source: 'imap', release: 'Exchange2016' },
}

const byCircumstance: Record<Circumstance, Partial<ExchangeWork> & { readonly where: string }> = {
  free: { where: 'unthrottled' },
  throttled: { where: 'within the default throttling policy, its budgets soon spent', throttling: soonSpent },
  rtt40: { where: 'at 40 ms round trip', roundTripMs: 40 },
}

export function workOf(name: ExchangeWorkName): ExchangeWork {
  const [way, circumstance] = name.split('-') as [Way, Circumstance]
  const { where, ...more } = byCircumstance[circumstance]
  return { ...byWay[way], ...more, what: `${byWay[way].what}, ${where}` }
}
