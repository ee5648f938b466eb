import { z } from 'zod'
import { isSame } from '../../domain/isSame.ts'
import type { Mailbox } from '../../domain/pair.ts'
import type { PairRow } from './pairRows.ts'

const mailbox = z.strictObject({
  address: z.string(),
  id: z.string().optional(),
  legacyExchangeDN: z.string().optional(),
  displayName: z.string().optional(),
})

/** What a window's reload has to give back of a job's mailboxes: what isn't saved. */
export const rowChanges = z.strictObject({
  /** Sources that are new or go elsewhere. */
  changed: z.array(z.strictObject({ source: mailbox, target: mailbox.optional() })),
  /** Addresses of saved sources that are taken out. */
  removed: z.array(z.string()),
})

export type RowChanges = z.infer<typeof rowChanges>

export function rowChangesOf(before: readonly PairRow[], rows: readonly PairRow[]): RowChanges {
  const left = new Set(rows.map(({ saved }) => saved?.id))
  return {
    changed: rows
      .filter(({ saved, target }) => saved === undefined || !isSame(saved.target, target))
      .map(({ source, target }) => ({ source: plain(source), ...(target === undefined ? {} : { target: plain(target) }) })),
    removed: before.flatMap(({ saved, source }) => (saved === undefined || left.has(saved.id) ? [] : [source.address])),
  }
}

/** The rows as they were before the reload, on top of what the job has now. */
export function withRowChanges(rows: readonly PairRow[], { changed, removed }: RowChanges): PairRow[] {
  const gone = new Set(removed)
  const again = new Map(changed.map(({ source, target }) => [source.address, target && known(target)]))
  const kept = rows
    .filter(({ source }) => !gone.has(source.address))
    .map(row => (again.has(row.source.address) ? withTarget(row, again.get(row.source.address)) : row))
  const there = new Set(kept.map(({ source }) => source.address))
  const fresh = changed.filter(({ source }) => !there.has(source.address))
  return [...kept, ...fresh.map(({ source, target }) => withTarget({ source: known(source) }, target && known(target)))]
}

const withTarget = ({ target: _target, ...row }: PairRow, target: Mailbox | undefined): PairRow =>
  target === undefined ? row : { ...row, target }

const plain = ({ address, id, legacyExchangeDN, displayName }: Mailbox): z.infer<typeof mailbox> => ({
  address,
  id,
  legacyExchangeDN,
  displayName,
})

const known = ({ address, id, legacyExchangeDN, displayName }: z.infer<typeof mailbox>): Mailbox => ({
  address,
  ...(id === undefined ? {} : { id }),
  ...(legacyExchangeDN === undefined ? {} : { legacyExchangeDN }),
  ...(displayName === undefined ? {} : { displayName }),
})
