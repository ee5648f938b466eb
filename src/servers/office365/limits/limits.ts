import type { Mailbox } from '../../../domain/pair.ts'

/** Whose limits a request to a mailbox counts against: one name for each, whatever its path calls it. */
export const countedAs = ({ id, address }: Pick<Mailbox, 'id' | 'address'>): string => id ?? address

/**
 * Graph's limits for one application and one mailbox: 10,000 requests in 10 minutes, 150 MB of uploads in 5 minutes, 4 requests at once (Microsoft Graph
 * "throttling-limits", Outlook service). Whether the last is for each mailbox or for the whole application the documents say differently, so both adapt.
 */
export interface GraphLimits {
  readonly requests: { readonly amount: number; readonly ms: number }
  readonly uploads: { readonly amount: number; readonly ms: number }
  readonly atOnce: number
}

/** A hundredth below what is published: requests don't arrive in the server's window exactly as they left here. */
const margin = 0.99

export const publishedLimits: GraphLimits = {
  requests: { amount: 10_000 * margin, ms: 600_000 },
  uploads: { amount: 150_000_000 * margin, ms: 300_000 },
  atOnce: 4,
}

/** Most requests of one application at once, over all mailboxes; less where the server says so. */
export const applicationAtOnce = 256
