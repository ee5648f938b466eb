import { mayOperate } from '../../domain/staleGate.ts'
import { listConnections } from '../../ledger/connections.ts'
import { findJob } from '../../ledger/jobs.ts'
import { forgetPair } from '../../ledger/resets.ts'
import { sweepForgotten } from '../../ledger/sweepForgotten.ts'
import type { Handler } from '../../rpc/protocol.ts'
import { chosenPairs } from '../chosenPairs.ts'
import type { EngineContext } from '../context.ts'

/**
 * A person's decision that the mailboxes which have taken the place of others are the ones to go on with: what was known of the former is forgotten, and the next run
 * matches what lies in the target before it copies. Only pairs that wait for this decision. Throws `stale`.
 */
export const jobAcceptReplacement: Handler<'job.acceptReplacement', EngineContext> = async ({ ledger }, { name, mailboxes }, call) => {
  const job = await findJob(ledger.db, name)
  const refusal = mayOperate('reset', job, await listConnections(ledger.db))
  if (refusal !== undefined) throw refusal
  const waiting = (await chosenPairs(ledger.db, job, mailboxes)).filter(
    ({ state }) => state.state === 'waiting' && state.error.code === 'mailbox.replaced',
  )
  for (const pair of waiting) {
    await ledger.write(tx => forgetPair(tx, pair.id, { mode: 'adopt' }))
    call.emit({ event: 'reset', job: job.name, source: pair.source.address, mode: 'adopt' })
  }
  await sweepForgotten(ledger, call.signal)
  return { pairs: waiting.length }
}
