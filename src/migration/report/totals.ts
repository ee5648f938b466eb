import type { FolderCounts } from '../../ledger/rows.ts'
import type { Amount, Totals } from './model.ts'

const nothing: Amount = { items: 0, bytes: 0 }

export const noTotals: Totals = {
  source: nothing,
  target: nothing,
  written: nothing,
  adopted: nothing,
  filtered: nothing,
  failed: nothing,
  open: nothing,
  orphaned: nothing,
  removed: nothing,
  fts: 0,
  mailboxItem: 0,
  readBack: 0,
}

const plus = (a: Amount, b: Amount): Amount => ({ items: a.items + b.items, bytes: a.bytes + b.bytes })

export const addTotals = (a: Totals, b: Totals): Totals => ({
  source: plus(a.source, b.source),
  target: plus(a.target, b.target),
  written: plus(a.written, b.written),
  adopted: plus(a.adopted, b.adopted),
  filtered: plus(a.filtered, b.filtered),
  failed: plus(a.failed, b.failed),
  open: plus(a.open, b.open),
  orphaned: plus(a.orphaned, b.orphaned),
  removed: plus(a.removed, b.removed),
  fts: a.fts + b.fts,
  mailboxItem: a.mailboxItem + b.mailboxItem,
  readBack: a.readBack + b.readBack,
})

const field = {
  done: 'written',
  adopted: 'adopted',
  filtered: 'filtered',
  failed: 'failed',
  intended: 'open',
  orphaned: 'orphaned',
  removed: 'removed',
} as const

/** Puts the ledger's counts by state into both sides' words. */
export const totalsOf = (counts: Iterable<FolderCounts>): Totals => {
  let totals = noTotals
  for (const { state, items, bytes, verified, fts, mailboxItem } of counts) {
    const amount: Amount = { items, bytes }
    const inSource = state !== 'orphaned' && state !== 'removed'
    const inTarget = state === 'done' || state === 'adopted' || state === 'orphaned'
    totals = addTotals(totals, {
      ...noTotals,
      [field[state]]: amount,
      source: inSource ? amount : nothing,
      target: inTarget ? amount : nothing,
      fts: state === 'done' ? fts : 0,
      mailboxItem: state === 'done' ? mailboxItem : 0,
      readBack: state === 'done' ? verified : 0,
    })
  }
  return totals
}

/** What keeps a mailbox from being proven: items that failed, are open, or were not read back. What was filtered out was asked for. */
export const unproven = ({ failed, open, written, readBack }: Totals): number => failed.items + open.items + written.items - readBack
