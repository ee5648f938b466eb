import { localPartOf } from '../../domain/addresses.ts'
import { mailboxKey } from '../../domain/mailboxKey.ts'
import type { Mailbox } from '../../domain/pair.ts'

/** `csv`: pairs given one by one; the others find the partner by what both mailboxes are called. */
export type MatchBy = 'localPart' | 'displayName'

export interface MatchedMailboxes {
  readonly pairs: readonly { readonly source: Mailbox; readonly target: Mailbox }[]
  /** Source mailboxes without a partner. */
  readonly unmatched: readonly Mailbox[]
  /** Several mailboxes are called the same on one side or both, so that none of them is matched. */
  readonly ambiguous: readonly { readonly name: string; readonly sources: readonly Mailbox[]; readonly targets: readonly Mailbox[] }[]
  /** Target mailboxes nobody goes to. */
  readonly unused: readonly Mailbox[]
}

const nameFor: Record<MatchBy, (mailbox: Mailbox) => string> = {
  localPart: ({ address }) => localPartOf(address).normalize('NFC'),
  displayName: ({ displayName = '' }) => displayName.trim().replace(/\s+/g, ' ').normalize('NFC').toLowerCase(),
}

const byName = (mailboxes: readonly Mailbox[], name: (mailbox: Mailbox) => string): Map<string, Mailbox[]> => {
  const groups = new Map<string, Mailbox[]>()
  for (const mailbox of mailboxes) {
    const key = name(mailbox)
    const group = groups.get(key)
    if (group === undefined) groups.set(key, [mailbox])
    else group.push(mailbox)
  }
  return groups
}

/** The same mailbox listed twice is one mailbox. */
const distinct = (mailboxes: readonly Mailbox[]): Mailbox[] => [
  ...new Map(mailboxes.map(mailbox => [mailboxKey(mailbox), mailbox])).values(),
]

/**
 * Matches two servers' mailboxes by the part of the address before the `@`, or by display name, without regard to case.
 * Only a name that is alone on both sides makes a pair; mailboxes without such a name stay unmatched.
 */
export const matchMailboxes = (sources: readonly Mailbox[], targets: readonly Mailbox[], by: MatchBy): MatchedMailboxes => {
  const name = nameFor[by]
  const [ours, theirs] = [byName(distinct(sources), name), byName(distinct(targets), name)]
  const pairs: { source: Mailbox; target: Mailbox }[] = []
  const unmatched: Mailbox[] = []
  const ambiguous: { name: string; sources: readonly Mailbox[]; targets: readonly Mailbox[] }[] = []
  for (const [key, group] of ours) {
    const partners = key === '' ? [] : (theirs.get(key) ?? [])
    const [source, ...moreSources] = group
    const [target, ...moreTargets] = partners
    if (source === undefined || target === undefined) unmatched.push(...group)
    else if (moreSources.length > 0 || moreTargets.length > 0) ambiguous.push({ name: key, sources: group, targets: partners })
    else pairs.push({ source, target })
  }
  const used = new Set(pairs.map(({ target }) => target))
  return { pairs, unmatched, ambiguous, unused: [...theirs.values()].flat().filter(target => !used.has(target)) }
}
