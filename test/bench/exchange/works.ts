import type { Release } from '../../../src/sandbox/exchange/versions.ts'
import { defaultPolicy, type ThrottlingPolicy } from '../../../src/sandbox/throttling/policy.ts'

export const exchangeWorkNames = ['stream', 'mime', 'stream-throttled', 'stream-rtt40'] as const
export type ExchangeWorkName = (typeof exchangeWorkNames)[number]

export interface ExchangeWork {
  readonly what: string
  /** Of the target; before 2010 SP1 it takes nothing but MIME. */
  readonly release: Release
  readonly throttling?: ThrottlingPolicy
  /** Milliseconds a byte to either server and its answer take; nothing is put between where absent. */
  readonly roundTripMs?: number
}

export const exchangeWorks: Record<ExchangeWorkName, ExchangeWork> = {
  stream: { what: 'Exchange to Exchange by the full-fidelity stream', release: 'Exchange2016' },
  mime: { what: 'Exchange to Exchange by MIME', release: 'Exchange2010' },
  'stream-throttled': { what: 'by the stream, within the default throttling policy', release: 'Exchange2016', throttling: defaultPolicy },
  'stream-rtt40': { what: 'by the stream, at 40 ms round trip', release: 'Exchange2016', roundTripMs: 40 },
}
