import type { PairNode, ProblemNode } from '../views/rows/node.ts'
import type { App } from './app.ts'
import { pairDetailLines } from './support/pairDetailLines.ts'

/** Items that are listed; the report has them all. */
const most = 1000

/** Shows all that is known of a mailbox: what happened and what to do, and which folders and messages it is about. */
export async function showProblem(app: App, picked?: ProblemNode | PairNode): Promise<void> {
  if (picked === undefined) return
  const details = await app.engine.call('pair.details', { job: picked.job, pair: picked.pair, limit: most })
  const { source, target } = details
  const title = source.address === target.address ? source.address : `${source.address} → ${target.address}`
  await app.documents.show(title, pairDetailLines(app.wording, details).join('\n'))
}
