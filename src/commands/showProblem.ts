import { CancellationError } from 'vscode'
import type { PairNode, ProblemNode } from '../views/rows/node.ts'
import type { App } from './app.ts'
import { askForPairs } from './support/chosen.ts'
import { pairDetailLines } from './support/pairDetailLines.ts'

/** Items that are listed; the report has them all. */
const most = 1000

/** Shows all that is known of a mailbox: what happened and what to do, and which folders and messages it is about. */
export async function showProblem(app: App, picked?: ProblemNode | PairNode): Promise<void> {
  const { job, pair } = picked ?? (await ask(app))
  const details = await app.engine.call('pair.details', { job, pair, limit: most })
  const { source, target } = details
  const title = source.address === target.address ? source.address : `${source.address} → ${target.address}`
  await app.documents.show(title, pairDetailLines(app.wording, details).join('\n'))
}

async function ask(app: App): Promise<Pick<PairNode, 'job' | 'pair'>> {
  const { job, pairs: [chosen] = [] } = await askForPairs(app, {
    title: app.wording.l10n.t('Show what is known of which mailbox?'),
    one: true,
  })
  if (chosen === undefined) throw new CancellationError()
  return { job: job.id, pair: chosen.id }
}
