import type { ItemInfo, ItemKey } from '../../domain/mail.ts'
import type { ItemRow } from '../../ledger/rows.ts'
import { carriedFlags, sameFlags } from './flags.ts'
import type { Changed, DeltaPlan, FlagChange } from './planDelta.ts'
import type { Appeared, Move } from './recogniseMoves.ts'

/** Why a change of the source is not carried over onto an item of the target. */
export type KeptBecause =
  /** It was there before us. */
  | 'adopted'
  /** A person (or a rule of theirs) changed it since we wrote it. */
  | 'touched'
  /** A person moved or deleted it. */
  | 'gone'
  /** Nobody knows which one it is: the target didn't say when we wrote it. */
  | 'unlocated'

export interface Kept {
  readonly row: ItemRow
  readonly change: 'flags' | 'content' | 'move' | 'deletion'
  readonly because: KeptBecause
}

/** What is done on the target, and what only the ledger learns. */
export interface SettledDelta {
  readonly copies: readonly Appeared[]
  readonly setFlags: readonly FlagChange[]
  /** The target has these flags already. */
  readonly agreed: readonly FlagChange[]
  readonly contents: readonly Changed[]
  readonly moves: readonly Move[]
  /** The row follows its source item without anything being done on the target, where the item is then known by `targetKey` or no more. */
  readonly follows: readonly (Move & { readonly targetKey: ItemKey | undefined })[]
  readonly deletions: readonly ItemRow[]
  /** Deleted on the source, but not ours to delete (any more): orphaned. */
  readonly orphaned: readonly ItemRow[]
  readonly kept: readonly Kept[]
}

export type TargetNow = Pick<ItemInfo, 'flags' | 'version'>

export interface TargetLook {
  /** What a row's item is on the target now; absent when it is gone from its folder. Asked only about rows with a `targetKey`. */
  readonly now: (row: ItemRow) => TargetNow | undefined
  /** Whether two source folders go to the same target folder, so that a move between them leaves the target as it is. */
  readonly sameTarget: (from: number, to: number) => boolean
}

/** The rows whose items have to be looked at on the target before `respectTarget` can decide. */
export const rowsToLookAt = (plan: DeltaPlan): readonly ItemRow[] =>
  [
    ...plan.flags.map(({ row }) => row),
    ...plan.contents.map(({ row }) => row),
    ...plan.moves.map(({ row }) => row),
    ...new Set([...plan.anew.map(({ row }) => row), ...plan.deletions]),
  ].filter(row => row.state === 'done' && row.targetKey !== undefined)

/**
 * Whether an item is still as we left it. The target's version says most, where it has one, and is asked for whatever can't be undone by setting it again;
 * flags alone are enough for what touches only flags or the place. Whoever flagged it `\Deleted` is not in the way of its deletion: a person who wants the same, or a
 * run of ours that ended before it could expunge.
 */
export const isUntouched = (row: ItemRow, now: TargetNow, change: Kept['change']): boolean => {
  const destroys = change === 'content' || change === 'deletion'
  if (destroys && row.targetVersion !== undefined && now.version !== undefined && now.version !== row.targetVersion) return false
  const [there, ours] = [now.flags, row.targetFlags ?? row.flags]
  return change === 'deletion' ? sameFlags(carriedFlags(there, false), carriedFlags(ours, false)) : sameFlags(there, ours)
}

/**
 * Keeps a delta off everything on the target that isn't ours alone: a change is carried over only onto an item we wrote and nobody changed since. A move that can't be carried over
 * is followed in the ledger alone, so that the item isn't written a second time; nor is what would be copied anew in its new place, while its old copy had to stay.
 */
export const respectTarget = (plan: DeltaPlan, { now, sameTarget }: TargetLook): SettledDelta => {
  const inTheWay = (row: ItemRow, change: Kept['change']): KeptBecause | undefined => {
    if (row.state === 'adopted') return 'adopted'
    if (row.targetKey === undefined) return 'unlocated'
    const there = now(row)
    if (there === undefined) return 'gone'
    return isUntouched(row, there, change) ? undefined : 'touched'
  }
  const kept: Kept[] = []
  const free = (row: ItemRow, change: Kept['change'], asFor = change): boolean => {
    const because = inTheWay(row, asFor)
    if (because !== undefined) kept.push({ row, change, because })
    return because === undefined
  }

  const stays = ({ row, to }: Move): boolean => sameTarget(row.folder, to.folder)
  const agreed = new Set(
    plan.flags.filter(({ row, flags }) => {
      const there = row.state === 'done' && row.targetKey !== undefined ? now(row) : undefined
      return there !== undefined && sameFlags(there.flags, flags)
    }),
  )
  const asked = plan.moves.filter(move => !stays(move))
  const moves = new Set(asked.filter(({ row }) => free(row, 'move')))
  const staying = plan.anew.filter(({ row }) => !free(row, 'move', 'deletion'))
  const [stayed, stayingAway] = [new Set(staying.map(({ row }) => row)), new Set(staying.map(({ to }) => to))]
  const gone = plan.deletions.filter(row => !stayed.has(row))
  const deletions = new Set(gone.filter(row => free(row, 'deletion')))
  return {
    copies: plan.copies.filter(copy => !stayingAway.has(copy)),
    setFlags: plan.flags.filter(change => !agreed.has(change) && free(change.row, 'flags')),
    agreed: [...agreed],
    contents: plan.contents.filter(({ row }) => free(row, 'content')),
    moves: [...moves],
    follows: [
      ...plan.moves.filter(stays).map(move => ({ ...move, targetKey: move.row.targetKey })),
      ...[...asked.filter(move => !moves.has(move)), ...staying].map(move => ({ ...move, targetKey: undefined })),
    ],
    deletions: [...deletions],
    orphaned: [...plan.orphaned.filter(row => !stayed.has(row)), ...gone.filter(row => !deletions.has(row))],
    kept,
  }
}
