import { asPairId } from '../../domain/ids.ts'
import { setPriority } from '../../ledger/editPairs.ts'
import { findJob } from '../../ledger/jobs.ts'
import { findPair } from '../../ledger/pairs.ts'
import type { Handler } from '../../rpc/protocol.ts'
import type { EngineContext } from '../context.ts'

/** Changes when pairs of a job have their turn, all in one transaction. Throws `pair.notFound` for one that isn't the job's. */
export const jobPrioritise: Handler<'job.prioritise', EngineContext> = async ({ ledger }, { name, priorities }) => {
  await ledger.write(async tx => {
    const { id } = await findJob(tx, name)
    for (const { pairs, priority } of priorities) {
      for (const pair of pairs) await findPair(tx, id, pair)
      await setPriority(tx, pairs.map(asPairId), priority)
    }
  })
}
