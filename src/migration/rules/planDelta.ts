import type { DeltaPolicy } from '../../domain/job.ts'
import type { ItemInfo } from '../../domain/mail.ts'
import type { ItemRow } from '../../ledger/rows.ts'
import { carriedFlags, sameFlags } from './flags.ts'
import type { Appeared, Move, Vanished } from './recogniseMoves.ts'
import { recogniseMoves } from './recogniseMoves.ts'

/** A row whose item has other flags now. `version`: the source item's, where content can change. */
export interface Reflagged {
  readonly row: ItemRow
  readonly flags: readonly string[]
  readonly version?: string
}

/** A row whose item may have another content now. */
export interface Changed {
  readonly row: ItemRow
  readonly item: ItemInfo
}

/** What changed in all source folders of a pair since their checkpoints; gathered whole before anything is applied. */
export interface DeltaInput {
  readonly policy: DeltaPolicy
  readonly cutOver: boolean
  /** As in the job's filters. */
  readonly includeDeleted: boolean
  readonly appeared: readonly Appeared[]
  readonly reflagged: readonly Reflagged[]
  readonly changed?: readonly Changed[]
  readonly vanished: readonly Vanished[]
  /**
   * Folders (ledger's numbers) whose disappearances are not the server's word since a checkpoint but the result of comparing everything:
   * the checkpoint was lost, the folder's validity changed, the folder itself is gone. Nothing is deleted because of them.
   */
  readonly compared: ReadonlySet<number>
  /** Items in the pair's source folders now, within the filters or not. */
  readonly sourceItems: number
  /** Rows of the pair that we wrote (state `done`), the vanished ones included. */
  readonly written: number
  /** How many deletions a person has allowed for this delta. */
  readonly deletionsAllowed?: number
  /** Whether the target can bring its copy from the folder that one of the source's (ledger's number) went to into another's. Absent: wherever to. */
  readonly canMove?: (from: number, to: number) => boolean
}

/** `flags`: what the item's flags are to be. */
export type FlagChange = Reflagged

/** What the source's changes ask for. `respectTarget` then takes out what people's own changes on the target forbid. */
export interface DeltaPlan {
  /** New to the ledger; still to be filtered. */
  readonly copies: readonly Appeared[]
  readonly moves: readonly Move[]
  /**
   * Moves that the target can't make: their items are among the copies as if they were new, and what was written before is deleted or kept as what the source
   * no longer has.
   */
  readonly anew: readonly Move[]
  readonly flags: readonly FlagChange[]
  /** To be given new content, with the flags to carry over. */
  readonly contents: readonly Changed[]
  readonly deletions: readonly ItemRow[]
  /** Too many deletions to be carried over unasked. Their rows stay, and the checkpoints of these folders must stay too, or the server won't tell again. */
  readonly held?: { readonly deletions: number; readonly items: number; readonly folders: ReadonlySet<number> }
  /** Gone from the source, to be kept on the target. */
  readonly orphaned: readonly ItemRow[]
  /** Gone from the source, and never written. */
  readonly forgotten: readonly ItemRow[]
}

/** Deletions of a pair that pass unasked: neither more than this many … */
export const mostDeletions = 100
/** … nor more than this share of what we wrote. */
export const mostDeleted = 0.05

const tooMany = (deletions: number, { written, deletionsAllowed = 0 }: DeltaInput): boolean =>
  deletions > deletionsAllowed && (deletions > mostDeletions || deletions > written * mostDeleted)

const isWritten = (row: ItemRow): boolean => row.state === 'done' || row.state === 'adopted'

/** Whether a disappearance may become a deletion on the target at all. Adopted items never, for other people put them there. */
const deletable = (row: ItemRow, { policy, cutOver, sourceItems, compared }: DeltaInput): boolean =>
  policy === 'mirror' && !cutOver && sourceItems > 0 && row.state === 'done' && row.targetKey !== undefined && !compared.has(row.folder)

/**
 * What to do on the target about a delta's changes, by the job's policy. Moves are recognised first; with the policy `new` they are not
 * carried over, so a moved item is a new one in its new folder.
 * Rows still `intended` are left alone: whoever calls resolves intents before.
 */
export const planDelta = (input: DeltaInput): DeltaPlan => {
  const { policy, includeDeleted, appeared, vanished, reflagged, changed = [], canMove = () => true } = input
  const recognised = policy === 'new' ? [] : recogniseMoves(appeared, vanished)
  const isPossible = ({ row, to }: Move): boolean => canMove(row.folder, to.folder)
  const moves = recognised.filter(isPossible)
  const arrived = new Set(moves.map(move => move.to))
  const moved = new Set(moves.map(move => move.row))
  const gone = vanished.map(({ row }) => row).filter(row => !moved.has(row))

  const kept = gone.filter(isWritten)
  const deletions = kept.filter(row => deletable(row, input))
  const held = tooMany(deletions.length, input)
  const deleted = new Set(deletions)
  return {
    copies: appeared.filter(item => !arrived.has(item)),
    moves,
    anew: recognised.filter(move => !isPossible(move)),
    flags:
      policy === 'new'
        ? []
        : reflagged
            .filter(({ row }) => isWritten(row))
            .map(change => ({ ...change, flags: carriedFlags(change.flags, includeDeleted) }))
            .filter(({ row, flags }) => !sameFlags(row.flags, flags)),
    contents:
      policy === 'new'
        ? []
        : changed
            .filter(({ row }) => isWritten(row))
            .map(({ row, item }) => ({ row, item: { ...item, flags: carriedFlags(item.flags, includeDeleted) } })),
    deletions: held ? [] : deletions,
    ...(held ? { held: { deletions: deletions.length, items: input.written, folders: new Set(deletions.map(row => row.folder)) } } : {}),
    orphaned: kept.filter(row => !deleted.has(row)),
    forgotten: gone.filter(row => row.state === 'failed' || row.state === 'filtered'),
  }
}
