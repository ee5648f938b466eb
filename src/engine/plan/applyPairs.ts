import type { Job } from '../../domain/job.ts'
import { mailboxKey } from '../../domain/mailboxKey.ts'
import { addPairs, setPriority, updatePair } from '../../ledger/editPairs.ts'
import type { Tx } from '../../ledger/ledger.ts'
import { listPairs } from '../../ledger/pairs.ts'
import type { PairRow } from '../../ledger/rows.ts'
import type { PlanPair } from '../../rpc/plan.ts'
import type { ApplyLine, ApplyOutcome } from '../../rpc/results.ts'

/** Adds a plan's pairs to their job, or brings those of the same source mailbox up to it; nothing where the plan names none. */
export async function applyPairs(tx: Tx, job: Job, planned: readonly PlanPair[] | undefined): Promise<ApplyLine[]> {
  if (planned === undefined) return []
  const known = new Map((await listPairs(tx, job.id)).map(pair => [mailboxKey(pair.source), pair]))
  const line = ({ source, target = source }: PlanPair, outcome: ApplyOutcome): ApplyLine => ({
    kind: 'pair',
    job: job.name,
    name: pairName(source, target),
    outcome,
  })
  const lines: ApplyLine[] = []
  const added: PlanPair[] = []
  for (const pair of planned) {
    const key = mailboxKey({ address: pair.source })
    const before = known.get(key)
    known.delete(key)
    if (before === undefined) added.push(pair)
    else lines.push(line(pair, (await bringUp(tx, before, pair)) ? 'updated' : 'unchanged'))
  }
  if (added.length > 0)
    await addPairs(
      tx,
      job.id,
      added.map(({ source, target = source, priority = 0 }) => ({ source: { address: source }, target: { address: target }, priority })),
    )
  lines.push(...added.map(pair => line(pair, 'created')))
  for (const { source, target } of known.values()) lines.push(line({ source: source.address, target: target.address }, 'left alone'))
  return lines
}

async function bringUp(tx: Tx, before: PairRow, { source, target = source, priority = 0 }: PlanPair): Promise<boolean> {
  const otherTarget = mailboxKey(before.target) !== mailboxKey({ address: target })
  if (otherTarget) await updatePair(tx, before.id, { source: before.source, target: { address: target } })
  if (before.priority !== priority) await setPriority(tx, [before.id], priority)
  return otherTarget || before.priority !== priority
}

const pairName = (source: string, target: string): string => (source === target ? source : `${source} → ${target}`)
