import type { Job } from '../../domain/job.ts'
import { findCalled, isCalled, mailboxNames } from '../../domain/mailboxKey.ts'
import type { Mailbox } from '../../domain/pair.ts'
import { addPairs, setPriority, updatePair } from '../../ledger/editPairs.ts'
import type { Tx } from '../../ledger/ledger.ts'
import { type Side, setMailbox } from '../../ledger/pairMailboxes.ts'
import { listPairs } from '../../ledger/pairs.ts'
import type { PairRow } from '../../ledger/rows.ts'
import type { ApplyLine, ApplyOutcome } from '../../rpc/results.ts'
import type { ReadPair } from './readPair.ts'

/**
 * Adds a plan's pairs to their job, or brings those of the same source mailbox up to it; nothing where the plan names none. A mailbox is known by its id,
 * by its address, and by those it had before a domain change: an old plan must not make a second pair of it.
 */
export async function applyPairs(tx: Tx, job: Job, planned: readonly ReadPair[] | undefined): Promise<ApplyLine[]> {
  if (planned === undefined) return []
  const known = await listPairs(tx, job.id)
  const line = ({ source, target }: Pick<ReadPair, 'source' | 'target'>, outcome: ApplyOutcome): ApplyLine => ({
    kind: 'pair',
    job: job.name,
    name: source.address === target.address ? source.address : `${source.address} → ${target.address}`,
    outcome,
  })
  const find = pairFinder(known)
  const lines: ApplyLine[] = []
  const added: ReadPair[] = []
  const mentioned = new Set<string>()
  for (const pair of planned) {
    const before = find(pair.source)
    if (before === undefined) added.push(pair)
    else {
      mentioned.add(before.id)
      lines.push(line(pair, (await bringUp(tx, before, pair)) ? 'updated' : 'unchanged'))
    }
  }
  if (added.length > 0) await addPairs(tx, job.id, added)
  lines.push(...added.map(pair => line(pair, 'created')))
  lines.push(...known.filter(({ id }) => !mentioned.has(id)).map(pair => line(pair, 'left alone')))
  return lines
}

/** Finds pairs by their source mailbox, thousands of them without looking through all each time. */
function pairFinder(known: readonly PairRow[]): (source: Mailbox) => PairRow | undefined {
  const byName = new Map<string, PairRow[]>()
  for (const pair of known) for (const name of mailboxNames(pair.source)) byName.set(name, [...(byName.get(name) ?? []), pair])
  return source =>
    findCalled(
      mailboxNames(source).flatMap(name => byName.get(name) ?? []),
      pair => pair.source,
      source,
    )
}

async function bringUp(tx: Tx, before: PairRow, planned: ReadPair): Promise<boolean> {
  const otherTarget = !isCalled(before.target, planned.target)
  if (otherTarget) await updatePair(tx, before.id, { source: before.source, target: planned.target })
  const told: readonly Side[] = otherTarget ? ['source'] : ['source', 'target']
  let learned = false
  for (const side of told) {
    if (before[side].id !== undefined || planned[side].id === undefined) continue
    await setMailbox(tx, before.id, side, { ...before[side], ...planned[side], address: before[side].address }, 'pair.mailboxLearned')
    learned = true
  }
  if (before.priority !== planned.priority) await setPriority(tx, [before.id], planned.priority)
  return otherTarget || learned || before.priority !== planned.priority
}
