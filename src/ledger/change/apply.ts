import type { Tx } from '../ledger.ts'
import type { Change } from '../rows.ts'
import { adopt } from './adopt.ts'
import { checkpoint } from './checkpoint.ts'
import { done } from './done.ts'
import { fail } from './fail.ts'
import { filter } from './filter.ts'
import { flags } from './flags.ts'
import { forget } from './forget.ts'
import { gone } from './gone.ts'
import { intend } from './intend.ts'
import { kept } from './kept.ts'
import { marked } from './marked.ts'
import { move } from './move.ts'
import { rekey } from './rekey.ts'
import { removing } from './removing.ts'
import { replaced } from './replaced.ts'
import { replacing } from './replacing.ts'
import { resolved } from './resolved.ts'
import { retarget } from './retarget.ts'
import { retract } from './retract.ts'
import { returned } from './returned.ts'
import { verified } from './verified.ts'

/** Writes one change: one or two statements, however many items it names. The caller has checked the pair's epoch in this transaction. */
export function apply(tx: Tx, change: Change): Promise<void> {
  switch (change.kind) {
    case 'intend':
      return intend(tx, change)
    case 'done':
      return done(tx, change)
    case 'retract':
      return retract(tx, change)
    case 'forget':
      return forget(tx, change)
    case 'adopt':
      return adopt(tx, change)
    case 'fail':
      return fail(tx, change)
    case 'filter':
      return filter(tx, change)
    case 'flags':
      return flags(tx, change)
    case 'move':
      return move(tx, change)
    case 'rekey':
      return rekey(tx, change)
    case 'retarget':
      return retarget(tx, change)
    case 'removing':
      return removing(tx, change)
    case 'replacing':
      return replacing(tx, change)
    case 'kept':
      return kept(tx, change)
    case 'replaced':
      return replaced(tx, change)
    case 'marked':
      return marked(tx, change)
    case 'gone':
      return gone(tx, change)
    case 'returned':
      return returned(tx, change)
    case 'verified':
      return verified(tx, change)
    case 'resolved':
      return resolved(tx, change)
    case 'checkpoint':
      return checkpoint(tx, change)
  }
}

/** The folders a change writes to. */
export const foldersIn = (change: Change): readonly number[] => (change.kind === 'move' ? [change.from, change.to] : [change.folder])
