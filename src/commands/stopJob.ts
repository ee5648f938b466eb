import type { JobNode, Node, UseNode } from '../views/rows/node.ts'
import type { App } from './app.ts'
import { actOnEach, tellRefusals } from './support/actOnEach.ts'
import { chosenJobs } from './support/chosen.ts'

/** Asks jobs to stop, in whichever window or command line they run: mailboxes finish what they have in hand. Selected ones that aren't wanted to run are left alone. */
export async function stopJob(app: App, picked?: JobNode | UseNode, selected?: readonly Node[]): Promise<void> {
  const { l10n, number } = app.wording
  const chosen = await chosenJobs(app, picked, selected, { title: l10n.t('Stop which jobs?'), of: ({ wanted }) => wanted === 'run' })
  const running = chosen.filter(({ wanted }) => wanted === 'run')
  const jobs = running.length === 0 ? chosen : running
  const refusals = await actOnEach(
    app.wording,
    jobs,
    ({ name }) => name,
    ({ id }) => app.engine.call('job.stop', { name: id }),
  )
  await tellRefusals(app, refusals, l10n.t('{0} of {1} jobs stop.', number(jobs.length - refusals.length), number(jobs.length)))
}
