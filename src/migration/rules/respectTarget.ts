import type { ItemKey } from '../../domain/mail.ts'
import type { ItemRow } from '../../ledger/rows.ts'
import { sameFlags } from './flags.ts'
import type { DeltaPlan, FlagChange } from './planDelta.ts'
import type { Move } from './recogniseMoves.ts'

/** Why a change of the source is not carried over onto an item of the target. */
export type KeptBecause =
  /** It was there before us. */
  | 'adopted'
  /** A person (or a rule of theirs) changed its flags since we wrote it. */
  | 'touched'
  /** A person moved or deleted it. */
  | 'gone'
  /** Nobody knows which one it is: the target didn't say when we wrote it. */
  | 'unlocated'

export interface Kept {
  readonly row: ItemRow
  readonly change: 'flags' | 'move' | 'deletion'
  readonly because: KeptBecause
}

/** What is done on the target, and what only the ledger learns. */
export interface SettledDelta {
  readonly setFlags: readonly FlagChange[]
  /** The target has these flags already. */
  readonly agreed: readonly FlagChange[]
  readonly moves: readonly Move[]
  /** The row follows its source item without anything being done on the target, where the item is then known by `targetKey` or no more. */
  readonly follows: readonly (Move & { readonly targetKey: ItemKey | undefined })[]
  readonly deletions: readonly ItemRow[]
  /** Deleted on the source, but not ours to delete (any more): orphaned. */
  readonly orphaned: readonly ItemRow[]
  readonly kept: readonly Kept[]
}

export interface TargetLook {
  /** The flags a row's item has on the target now; absent when it is gone from its folder. Asked only about rows with a `targetKey`. */
  readonly flagsNow: (row: ItemRow) => readonly string[] | undefined
  /** Whether two source folders go to the same target folder, so that a move between them leaves the target as it is. */
  readonly sameTarget: (from: number, to: number) => boolean
}

/** The rows whose items have to be looked at on the target before `respectTarget` can decide. */
export const rowsToLookAt = (plan: DeltaPlan): readonly ItemRow[] =>
  [...plan.flags.map(({ row }) => row), ...plan.moves.map(({ row }) => row), ...plan.deletions].filter(
    row => row.state === 'done' && row.targetKey !== undefined,
  )

/**
 * Keeps a delta off everything on the target that isn't ours alone: a change is carried over only onto an item we wrote and whose flags are still the
 * ones we gave it. A move that can't be carried over is followed in the ledger alone, so that the item isn't written a second time.
 */
export const respectTarget = (plan: DeltaPlan, { flagsNow, sameTarget }: TargetLook): SettledDelta => {
  const inTheWay = (row: ItemRow): KeptBecause | undefined => {
    if (row.state === 'adopted') return 'adopted'
    if (row.targetKey === undefined) return 'unlocated'
    const now = flagsNow(row)
    if (now === undefined) return 'gone'
    return sameFlags(now, row.targetFlags ?? row.flags) ? undefined : 'touched'
  }
  const kept: Kept[] = []
  const free = (row: ItemRow, change: Kept['change']): boolean => {
    const because = inTheWay(row)
    if (because !== undefined) kept.push({ row, change, because })
    return because === undefined
  }

  const stays = ({ row, to }: Move): boolean => sameTarget(row.folder, to.folder)
  const agreed = new Set(
    plan.flags.filter(({ row, flags }) => {
      const now = row.state === 'done' && row.targetKey !== undefined ? flagsNow(row) : undefined
      return now !== undefined && sameFlags(now, flags)
    }),
  )
  const asked = plan.moves.filter(move => !stays(move))
  const moves = new Set(asked.filter(({ row }) => free(row, 'move')))
  const deletions = new Set(plan.deletions.filter(row => free(row, 'deletion')))
  return {
    setFlags: plan.flags.filter(change => !agreed.has(change) && free(change.row, 'flags')),
    agreed: [...agreed],
    moves: [...moves],
    follows: [
      ...plan.moves.filter(stays).map(move => ({ ...move, targetKey: move.row.targetKey })),
      ...asked.filter(move => !moves.has(move)).map(move => ({ ...move, targetKey: undefined })),
    ],
    deletions: [...deletions],
    orphaned: plan.deletions.filter(row => !deletions.has(row)),
    kept,
  }
}
