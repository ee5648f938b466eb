import type { JobId, PairId } from '../../domain/ids.ts'
import { movePairs as priorities } from '../../domain/movePairs.ts'
import type { EngineClient } from '../../editor/engineClient.ts'
import type { Mirror } from '../../views/mirror.ts'

/** Moves mailboxes of a job right before another one in the order they are worked on. */
export async function movePairs(
  { engine, mirror }: { readonly engine: Pick<EngineClient, 'call'>; readonly mirror: Mirror },
  job: JobId,
  moved: readonly PairId[],
  before: PairId,
): Promise<void> {
  const { pairs, total } = await mirror.pairs(job)
  const changed = priorities(pairs, new Set(moved), before, pairs.length === total)
  if (changed.length === 0) return
  await engine.call('job.prioritise', { name: job, priorities: changed.map(({ pairs, priority }) => ({ pairs: [...pairs], priority })) })
}
