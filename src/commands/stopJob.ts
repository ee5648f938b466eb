import type { JobNode, Node, UseNode } from '../views/rows/node.ts'
import type { App } from './app.ts'
import { chosenJobs } from './support/chosen.ts'

/** Asks jobs to stop, in whichever window or command line they run: mailboxes finish what they have in hand. */
export async function stopJob(app: App, picked?: JobNode | UseNode, selected?: readonly Node[]): Promise<void> {
  const jobs = await chosenJobs(app, picked, selected, {
    title: app.wording.l10n.t('Stop which jobs?'),
    of: ({ wanted }) => wanted === 'run',
  })
  for (const { id } of jobs) await app.engine.call('job.stop', { name: id })
}
