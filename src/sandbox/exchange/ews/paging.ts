import type { XmlElement } from '../xml/tree.ts'
import { EwsError } from './ewsError.ts'

/** Which part of a result a client wants. */
export type Page =
  | { readonly kind: 'indexed'; readonly offset: number; readonly fromEnd: boolean; readonly max: number | undefined }
  | { readonly kind: 'fractional'; readonly numerator: number; readonly denominator: number; readonly max: number | undefined }

export interface Taken<T> {
  readonly items: readonly T[]
  readonly total: number
  readonly next: number
  readonly isLast: boolean
  readonly page: Page | undefined
}

export function readPage(view: XmlElement | undefined): Page | undefined {
  if (!view) return undefined
  const { MaxEntriesReturned, Offset, BasePoint, Numerator, Denominator } = view.attributes
  const max = MaxEntriesReturned === undefined ? undefined : Number(MaxEntriesReturned)
  if (max !== undefined && max < 1) throw new EwsError('ErrorInvalidPagingMaxRows', 'The number of rows to return is not valid.')
  if (Numerator !== undefined) {
    const [numerator, denominator] = [Number(Numerator), Number(Denominator)]
    if (denominator < 1 || numerator < 0 || numerator > denominator) throw new EwsError('ErrorInvalidFractionalPagingParameters')
    return { kind: 'fractional', numerator, denominator, max }
  }
  const offset = Number(Offset)
  if (offset < 0) throw new EwsError('ErrorInvalidIndexedPagingParameters', 'The offset must not be negative.')
  return { kind: 'indexed', offset, fromEnd: BasePoint === 'End', max }
}

/** `limit`: more than these aren't given out at once (EwsFindCountLimit), whatever the client asks for. */
export function takePage<T>(all: readonly T[], page: Page | undefined, limit: number): Taken<T> {
  const total = all.length
  const count = Math.min(page?.max ?? limit, limit)
  if (page?.kind === 'indexed' && page.fromEnd) {
    const end = Math.max(0, total - page.offset)
    const start = Math.max(0, end - count)
    return { items: all.slice(start, end), total, next: page.offset + (end - start), isLast: start === 0, page }
  }
  const start = page?.kind === 'fractional' ? Math.floor((total * page.numerator) / page.denominator) : (page?.offset ?? 0)
  const items = all.slice(start, start + count)
  const next = start + items.length
  return { items, total, next, isLast: next >= total, page }
}

export const pageAttributes = ({ total, next, isLast, page }: Taken<unknown>): Record<string, string> => ({
  ...(page?.kind === 'indexed' && { IndexedPagingOffset: String(next) }),
  ...(page?.kind === 'fractional' && { NumeratorOffset: String(next), AbsoluteDenominator: String(total) }),
  TotalItemsInView: String(total),
  IncludesLastItemInRange: String(isLast),
})
