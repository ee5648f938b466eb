import type { ExchangeWork } from './works.ts'

/** One organisation as a copier reaches it. */
export interface EndpointAccess {
  readonly url: string
  readonly fingerprint: string
  readonly admin: string
  readonly password: string
  readonly mailbox: string
}

export type Order =
  | (Pick<ExchangeWork, 'release' | 'throttling' | 'roundTripMs'> & { readonly order: 'start'; readonly messages: number })
  | { readonly order: 'begin' }
  | { readonly order: 'count' }

export type Answer =
  | { readonly answer: 'started'; readonly endpoints: readonly EndpointAccess[] }
  | { readonly answer: 'begun' }
  | { readonly answer: 'counted'; readonly requests: number; readonly refused: number; readonly peakConcurrency: number }
