import type { Fingerprint } from '../../domain/fingerprint.ts'
import type { ItemInfo } from '../../domain/mail.ts'
import type { ItemRow } from '../../ledger/rows.ts'
import { second } from './matchKinds.ts'

/** A source item that the ledger doesn't know. `folder`: the ledger's number of the folder it is in. */
export interface Appeared {
  readonly folder: number
  readonly item: ItemInfo
  /** What stays the same when the item moves: its digest, its fingerprint, or an id that survives moves (OBJECTID's EMAILID, RFC 8474). Absent where nobody looked. */
  readonly identity?: string
  /** The row it had in this folder until it was gone from there, where keys survive moves: its item came back. */
  readonly before?: ItemRow
}

/** A row whose item is no longer in its source folder. */
export interface Vanished {
  readonly row: ItemRow
  readonly identity?: string
}

/** The same item, now elsewhere in the source. */
export interface Move {
  readonly row: ItemRow
  readonly to: Appeared
}

const written = (row: ItemRow): boolean => row.state === 'done' || row.state === 'adopted'

/**
 * What stays the same when an item moves: its fingerprint, with its size where the source tells exact ones, else with the second it was received in.
 * `loosely`: our copy, by which a vanished item is known, has other headers than the source where a side writes them anew.
 */
export const moveIdentity = (
  { size, received }: ItemInfo,
  { exact, loose }: Fingerprint,
  { exactSizes, loosely }: { readonly exactSizes: boolean; readonly loosely: boolean },
): string => `${exactSizes ? size : Math.floor(received / second)} ${loosely ? (loose ?? exact) : exact}`

/**
 * Which of them could be moves at all, by date and, where sizes are exact, size, so that only their identities have to be learned.
 * Dates a second apart still count, for servers round them differently.
 */
export const moveCandidates = (
  appeared: readonly Appeared[],
  vanished: readonly Vanished[],
  exactSizes = true,
): { readonly appeared: readonly Appeared[]; readonly vanished: readonly Vanished[] } => {
  const sizeOf = ({ size }: ItemInfo): string => (exactSizes ? String(size) : '')
  const slots = (item: ItemInfo): string[] => [-1, 0, 1].map(off => `${sizeOf(item)} ${Math.floor(item.received / second) + off}`)
  const slot = (item: ItemInfo): string => `${sizeOf(item)} ${Math.floor(item.received / second)}`
  const came = new Set(appeared.flatMap(({ item }) => slots(item)))
  const went = new Set(vanished.filter(({ row }) => written(row)).flatMap(({ row }) => slots(row)))
  return {
    appeared: appeared.filter(({ item }) => went.has(slot(item))),
    vanished: vanished.filter(({ row }) => written(row) && came.has(slot(row))),
  }
}

const byFlags = (a: ItemInfo, b: ItemInfo): number => {
  const [left, right] = [a, b].map(({ flags }) => flags.toSorted().join(' '))
  return left === right || left === undefined || right === undefined ? 0 : left < right ? -1 : 1
}

const grouped = <Item extends { readonly identity?: string }>(items: readonly Item[]): Map<string, Item[]> => {
  const groups = new Map<string, Item[]>()
  for (const item of items) {
    if (item.identity === undefined) continue
    const group = groups.get(item.identity)
    if (group === undefined) groups.set(item.identity, [item])
    else group.push(item)
  }
  return groups
}

/**
 * The disappearances and appearances of one delta that are the same item. Duplicates that went together from one folder to one other are moves too;
 * where it isn't plain which of them went where, none is: they are copied as new, and nothing is lost.
 */
export const recogniseMoves = (appeared: readonly Appeared[], vanished: readonly Vanished[]): readonly Move[] => {
  const came = grouped(appeared)
  const moves: Move[] = []
  for (const [identity, gone] of grouped(vanished.filter(({ row }) => written(row)))) {
    const here = came.get(identity) ?? []
    const oneWay = new Set(gone.map(({ row }) => row.folder)).size === 1 && new Set(here.map(({ folder }) => folder)).size === 1
    if (!oneWay || gone.length !== here.length) continue
    const arrivals = here.toSorted((a, b) => byFlags(a.item, b.item))
    gone
      .toSorted((a, b) => byFlags(a.row, b.row))
      .forEach(({ row }, at) => {
        const to = arrivals[at]
        if (to !== undefined) moves.push({ row, to })
      })
  }
  return moves
}
