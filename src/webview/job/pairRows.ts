import type { PairId } from '../../domain/ids.ts'
import { isSame } from '../../domain/isSame.ts'
import { mailboxKey } from '../../domain/mailboxKey.ts'
import type { Mailbox, PairState } from '../../domain/pair.ts'
import type { PlanMailbox, PlanPair } from '../../rpc/plan.ts'
import type { MatchResult, PairSummary } from '../../rpc/results.ts'

/** A source mailbox of the job, and where it goes once that is known. */
export interface PairRow {
  readonly source: Mailbox
  readonly target?: Mailbox
  /** Of a pair that the job has already. */
  readonly saved?: { readonly id: PairId; readonly target: Mailbox; readonly priority: number; readonly state: PairState['state'] }
}

export const rowOf = ({ id, source, target, priority, state }: PairSummary): PairRow => ({
  source,
  target,
  saved: { id, target, priority, state: state.state },
})

/** With more source mailboxes; those that are there stay as they are. */
export function withSources(rows: readonly PairRow[], sources: readonly Mailbox[]): PairRow[] {
  const known = new Set(rows.map(({ source }) => mailboxKey(source)))
  const fresh = sources.filter(source => !known.has(mailboxKey(source)) && known.add(mailboxKey(source)))
  return [...rows, ...fresh.map(source => ({ source }))]
}

export const withoutSources = (rows: readonly PairRow[], addresses: ReadonlySet<string>): PairRow[] =>
  rows.filter(({ source }) => !addresses.has(source.address))

/** With targets for the mailboxes that a matching paired; what a person or the job has paired stays. `add`: also the mailboxes that aren't there yet. */
export function withMatches(rows: readonly PairRow[], pairs: MatchResult['pairs'], add: boolean): PairRow[] {
  const targets = new Map(pairs.map(({ source, target }) => [mailboxKey(source), target]))
  const all = add
    ? withSources(
        rows,
        pairs.map(({ source }) => source),
      )
    : rows
  return all.map(row => {
    const target = row.target ?? targets.get(mailboxKey(row.source))
    return target === undefined ? row : { ...row, target }
  })
}

/** One pair by hand; without an address it has no target any more. */
export const withTarget = (rows: readonly PairRow[], source: string, address: string): PairRow[] =>
  rows.map(row => {
    if (row.source.address !== source) return row
    const { target, ...rest } = row
    if (address === '') return rest
    return target?.address === address ? row : { ...rest, target: { address } }
  })

/** Whoever has no target yet goes to the mailbox of the same address. */
export const withSameAddresses = (rows: readonly PairRow[]): PairRow[] =>
  rows.map(row => (row.target === undefined ? { ...row, target: { address: row.source.address } } : row))

export interface PairChanges {
  readonly add: PlanPair[]
  readonly remove: PairId[]
}

/** What saving changes. A pair that goes elsewhere is another pair. Rows without a target are left out. */
export function changesOf(before: readonly PairRow[], rows: readonly PairRow[]): PairChanges {
  const kept = new Set(rows.filter(isUnchanged).map(({ saved }) => saved?.id))
  return {
    add: rows.flatMap(row =>
      row.target === undefined || isUnchanged(row)
        ? []
        : [
            {
              source: planMailbox(row.source),
              target: planMailbox(row.target),
              ...(row.saved === undefined ? {} : { priority: row.saved.priority }),
            },
          ],
    ),
    remove: before.flatMap(({ saved }) => (saved === undefined || kept.has(saved.id) ? [] : [saved.id])),
  }
}

const isUnchanged = ({ saved, target }: PairRow): boolean => saved !== undefined && target !== undefined && isSame(saved.target, target)

const planMailbox = ({ address, id, legacyExchangeDN, displayName }: Mailbox): PlanMailbox => ({
  address,
  ...(id === undefined ? {} : { id }),
  ...(legacyExchangeDN === undefined ? {} : { legacyExchangeDN }),
  ...(displayName === undefined ? {} : { displayName }),
})

export interface PairFilter {
  readonly search: string
  readonly unmatched: boolean
}

export function filteredRows(rows: readonly PairRow[], { search, unmatched }: PairFilter): PairRow[] {
  const part = search.trim().toLowerCase()
  const has = (mailbox: Mailbox | undefined): boolean =>
    mailbox !== undefined && `${mailbox.address}\n${mailbox.displayName ?? ''}`.toLowerCase().includes(part)
  return rows.filter(({ source, target }) => !(unmatched && target !== undefined) && (part === '' || has(source) || has(target)))
}
