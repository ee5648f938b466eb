import { mailboxKey } from '../../domain/mailboxKey.ts'
import type { Mailbox } from '../../domain/pair.ts'

/** One row of the person's list: addresses or logins. */
export interface ListedPair {
  /** Of the file, for messages. */
  readonly line: number
  readonly source: string
  readonly target: string
}

export interface ListedMatches {
  readonly pairs: readonly { readonly source: Mailbox; readonly target: Mailbox }[]
  readonly problems: readonly { readonly line: number; readonly message: string }[]
}

/** The mailbox a server lists by that address or id; as it was written where the server can't list its mailboxes. */
const lookedUp = (listing: readonly Mailbox[] | undefined): ((written: string) => Mailbox | undefined) => {
  if (listing === undefined) return address => ({ address: address.trim() })
  const known = new Map(
    listing.flatMap(mailbox => [[mailboxKey({ address: mailbox.address }), mailbox] as const, [mailboxKey(mailbox), mailbox] as const]),
  )
  return written => known.get(mailboxKey({ address: written }))
}

/**
 * Matches mailboxes as a person listed them. A row whose mailbox the server doesn't have, or which names one that an earlier row has on the
 * same side, is left out and named by its line.
 *
 * @param sources what the source lists, or nothing where it can't list; `targets` likewise.
 */
export const matchListed = (rows: readonly ListedPair[], sources?: readonly Mailbox[], targets?: readonly Mailbox[]): ListedMatches => {
  const find = { source: lookedUp(sources), target: lookedUp(targets) }
  const taken = { source: new Map<string, number>(), target: new Map<string, number>() }
  const pairs: { source: Mailbox; target: Mailbox }[] = []
  const problems: { line: number; message: string }[] = []
  for (const row of rows) {
    const [source, target] = [find.source(row.source), find.target(row.target)]
    const wrong = (['source', 'target'] as const).flatMap(side => {
      const mailbox = side === 'source' ? source : target
      if (mailbox === undefined) return [`the ${side} has no mailbox “${row[side].trim()}”`]
      const earlier = taken[side].get(mailboxKey(mailbox))
      return earlier === undefined ? [] : [`the ${side} mailbox “${mailbox.address}” is listed in line ${earlier} already`]
    })
    problems.push(...wrong.map(message => ({ line: row.line, message })))
    if (source === undefined || target === undefined || wrong.length > 0) continue
    taken.source.set(mailboxKey(source), row.line)
    taken.target.set(mailboxKey(target), row.line)
    pairs.push({ source, target })
  }
  return { pairs, problems }
}
