import type { Mailbox } from '../../domain/pair.ts'
import type { PlanMailbox, PlanPair } from '../../rpc/plan.ts'
import { defined } from './defined.ts'

export interface ReadPair {
  readonly source: Mailbox
  readonly target: Mailbox
  readonly priority: number
}

/** A pair as a plan writes it. */
export const readPair = ({ source, target, priority = 0 }: PlanPair): ReadPair => {
  const from = readMailbox(source)
  return { source: from, target: target === undefined ? { address: from.address } : readMailbox(target), priority }
}

const readMailbox = (mailbox: PlanMailbox): Mailbox =>
  typeof mailbox === 'string' ? { address: mailbox } : { ...defined(mailbox), address: mailbox.address }
