import { isSame } from '../domain/isSame.ts'

interface WithId {
  readonly id: string
}

/** What is different about a list that was read again. */
export interface ListChange<Id extends string> {
  /** There are others than before, or in another order. */
  readonly list: boolean
  /** Of those that are in both and differ. */
  readonly ids: readonly Id[]
}

export function changedIds<Of extends WithId>(before: readonly Of[], after: readonly Of[]): ListChange<Of['id']> {
  const old = new Map(before.map(one => [one.id, one]))
  return {
    list: before.length !== after.length || before.some(({ id }, at) => id !== after[at]?.id),
    ids: after.filter(one => old.has(one.id) && !isSame(old.get(one.id), one)).map(({ id }) => id),
  }
}
