import type { ExchangeWork } from './works.ts'

/** One mailbox as a copier reaches it. */
export type EndpointAccess = ExchangeAccess | ImapAccess

export interface ExchangeAccess {
  readonly kind: 'exchange'
  readonly url: string
  readonly fingerprint: string
  readonly admin: string
  readonly password: string
  readonly mailbox: string
}

export interface ImapAccess {
  readonly kind: 'imap'
  readonly host: string
  readonly port: number
  readonly password: string
  readonly mailbox: string
}

export type Order =
  | (Pick<ExchangeWork, 'source' | 'release' | 'throttling' | 'roundTripMs'> & { readonly order: 'start'; readonly messages: number })
  | { readonly order: 'begin' }
  | { readonly order: 'count' }

export interface Counted {
  readonly answer: 'counted'
  /** In the target mailbox. */
  readonly items: number
  readonly bytes: number
  /** To both servers, EWS and Autodiscover. */
  readonly requests: number
  readonly refused: number
  readonly peakConcurrency: number
  /** Milliseconds from the first answer to the last: what starting the program costs is not in it. */
  readonly spanMs: number
  /** Of what the target's throttling policy allowed in that time, the part that was used. */
  readonly share: number | undefined
}

export type Answer =
  | { readonly answer: 'started'; readonly source: EndpointAccess; readonly target: ExchangeAccess }
  | { readonly answer: 'begun' }
  | Counted
