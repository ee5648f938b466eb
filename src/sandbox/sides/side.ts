import type { ServerCertificate } from '../certificates.ts'
import type { Person } from '../exchange/directory.ts'
import type { Organisation } from '../exchange/organisation.ts'
import type { ExchangeFront } from '../http/exchangeFront.ts'
import type { SeedPerson } from '../seed/people.ts'

/** What an organisation of either kind has in the sandbox. */
export interface Side extends AsyncDisposable {
  readonly kind: 'exchange' | 'office365'
  readonly organisation: Organisation
  /** What answers EWS and Autodiscover for its domains. */
  readonly exchange: ExchangeFront
  readonly admin: Person
  /** Everybody with a mailbox but the administrator, in the same order on both sides. */
  readonly people: readonly Person[]
  /** Requests answered so far, by all of its servers. */
  readonly answered: () => number
  /** The domain that always is this organisation's own. */
  readonly ownDomain: string
}

/** What a side is built on. */
export interface Ground {
  /** For people, e.g. `Fabrikam`. */
  readonly name: string
  /** The domain that moves; undefined for the side that hasn't it yet. */
  readonly domain: string | undefined
  /** The first is the administrator. */
  readonly staff: readonly SeedPerson[]
  readonly host: string
  readonly certificate: () => Promise<ServerCertificate>
  /** Milliseconds since the epoch. */
  readonly now: () => number
}

/** Starts one side; whoever starts it ends it. */
export type StartSide<Started extends Side> = (ground: Ground) => Promise<Started>

/** People have another password in each organisation, so that a test sees which of the two a secret was sent to. */
export const passwordIn = (name: string, { password }: SeedPerson): string => `${password}-${name}`
