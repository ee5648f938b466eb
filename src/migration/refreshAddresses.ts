import { asMailferryError } from '../domain/asMailferryError.ts'
import type { MailferryError } from '../domain/errors.ts'
import { mailboxKey } from '../domain/mailboxKey.ts'
import type { Mailbox } from '../domain/pair.ts'
import type { Side } from '../ledger/pairMailboxes.ts'
import type { PairRow } from '../ledger/rows.ts'
import type { MailServer } from '../servers/mailServer.ts'
import { inParallel } from './inParallel.ts'

/** What became of one side of a pair. */
export type Refreshed = { readonly pair: PairRow; readonly side: Side } & (
  | { readonly outcome: 'found'; readonly mailbox: Mailbox }
  | { readonly outcome: 'notFound' }
  | { readonly outcome: 'ambiguous'; readonly candidates: readonly string[] }
  | { readonly outcome: 'failed'; readonly error: MailferryError }
)

/** Look-ups are small and quick, and an admin's share of a server's limits is needed elsewhere too. */
const lookUpsAtOnce = 4

/**
 * Looks every mailbox of these pairs up by its immutable id, on both sides, a few at once. Writes nothing. A mailbox whose id isn't known is only found under
 * the address it has: nothing proves that who has another one is the same.
 */
export async function* refreshAddresses(
  servers: Readonly<Record<Side, MailServer>>,
  pairs: readonly PairRow[],
  signal: AbortSignal,
): AsyncGenerator<Refreshed> {
  const sides = pairs.flatMap(pair => [
    { pair, side: 'source' as const },
    { pair, side: 'target' as const },
  ])
  yield* inParallel(sides, lookUpsAtOnce, ({ pair, side }) => lookUp(servers[side], pair, side, signal))
}

async function lookUp(server: MailServer, pair: PairRow, side: Side, signal: AbortSignal): Promise<Refreshed> {
  const before = pair[side]
  const one = { pair, side }
  try {
    const found = await server.resolve(before, signal)
    if (found.found === 'many') return { ...one, outcome: 'ambiguous', candidates: found.addresses }
    if (found.found === 'none' || !isSameMailbox(before, found.mailbox)) return { ...one, outcome: 'notFound' }
    return { ...one, outcome: 'found', mailbox: found.mailbox }
  } catch (error) {
    signal.throwIfAborted()
    return { ...one, outcome: 'failed', error: asMailferryError(error) }
  }
}

const isSameMailbox = (before: Mailbox, found: Mailbox): boolean =>
  before.id === undefined || found.id === undefined
    ? mailboxKey({ address: before.address }) === mailboxKey({ address: found.address })
    : mailboxKey(before) === mailboxKey(found)
