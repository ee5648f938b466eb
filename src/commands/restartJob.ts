import type { JobNode, Node, UseNode } from '../views/rows/node.ts'
import type { App } from './app.ts'
import { actOnEach, tellRefusals } from './support/actOnEach.ts'
import { chosenJobs } from './support/chosen.ts'
import { refuseStaleConnections } from './support/refuseStaleConnections.ts'
import { untilStopped } from './support/untilStopped.ts'

/** Stops jobs and starts them again, so that they take up changed settings; they go on where they were. One that couldn't be started again isn't stopped. */
export async function restartJob(app: App, picked?: JobNode | UseNode, selected?: readonly Node[]): Promise<void> {
  const { l10n, number } = app.wording
  const jobs = await chosenJobs(app, picked, selected, { title: l10n.t('Restart which jobs?'), of: ({ wanted }) => wanted === 'run' })
  const refusals = await actOnEach(
    app.wording,
    jobs,
    ({ name }) => name,
    async job => {
      refuseStaleConnections(app, job, 'restart')
      await untilStopped(app, [job])
      await app.engine.call('job.queue', { name: job.id, delta: false })
    },
  )
  await tellRefusals(app, refusals, l10n.t('{0} of {1} jobs started.', number(jobs.length - refusals.length), number(jobs.length)))
}
