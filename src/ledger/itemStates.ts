import type { ContentFormat } from '../domain/mail.ts'
import type { ItemState } from './rows.ts'

/** The settled states lie at or below 3, the open ones above: the partial index `items_open` holds exactly the open ones. */
export const stateCodes = {
  done: 1,
  adopted: 2,
  removed: 3,
  intended: 4,
  failed: 5,
  filtered: 6,
  orphaned: 7,
} as const satisfies Record<ItemState, number>

const names = new Map<number, ItemState>(Object.entries(stateCodes).map(([name, code]) => [code, name as ItemState]))

/** The state of a stored code. */
export function stateOf(code: number): ItemState {
  const name = names.get(code)
  if (name === undefined) throw new RangeError(`unknown item state ${code}`)
  return name
}

/** A message's bytes are what most items are carried as, and are stored as nothing. */
export const formatCodes = { rfc822: null, fts: 1, mailboxItem: 2 } as const satisfies Record<ContentFormat, number | null>

/** The format of a stored code. */
export function formatOf(code: number | null): ContentFormat {
  if (code === null) return 'rfc822'
  if (code === formatCodes.fts) return 'fts'
  if (code === formatCodes.mailboxItem) return 'mailboxItem'
  throw new RangeError(`unknown content format ${code}`)
}

/** Whether all of these states are in the index of open ones. */
export const allOpen = (states: readonly ItemState[]): boolean => states.every(state => stateCodes[state] > stateCodes.removed)
