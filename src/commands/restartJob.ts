import type { JobNode, Node, UseNode } from '../views/rows/node.ts'
import type { App } from './app.ts'
import { chosenJobs } from './support/chosen.ts'
import { refuseStaleConnections } from './support/refuseStaleConnections.ts'
import { runParts } from './support/runParts.ts'
import { untilStopped } from './support/untilStopped.ts'

/** Stops jobs and starts them again, so that they take up changed settings; they go on where they were. */
export async function restartJob(app: App, picked?: JobNode | UseNode, selected?: readonly Node[]): Promise<void> {
  const jobs = await chosenJobs(app, picked, selected, {
    title: app.wording.l10n.t('Restart which jobs?'),
    of: ({ wanted }) => wanted === 'run',
  })
  for (const job of jobs) refuseStaleConnections(app, job, 'restart')
  await untilStopped(app, jobs)
  await runParts(
    app,
    jobs.map(job => ({ job })),
    { delta: false },
  )
}
