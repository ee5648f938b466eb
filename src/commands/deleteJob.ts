import type { JobNode, Node, UseNode } from '../views/rows/node.ts'
import type { App } from './app.ts'
import { chosenJobs } from './support/chosen.ts'
import { confirm } from './support/confirm.ts'

/** Deletes jobs with all that is known of their mailboxes; mail stays where it is. */
export async function deleteJob(app: App, picked?: JobNode | UseNode, selected?: readonly Node[]): Promise<void> {
  const { l10n, number } = app.wording
  const jobs = await chosenJobs(app, picked, selected, { title: l10n.t('Delete which jobs?') })
  const [first, ...more] = jobs
  await confirm(
    more.length === 0 ? l10n.t('Delete “{0}”?', first?.name ?? '') : l10n.t('Delete {0} jobs?', number(jobs.length)),
    l10n.t('What was migrated stays on the target, but Mailferry forgets what that was: a later run could only adopt it.'),
    l10n.t('Delete'),
  )
  for (const { id } of jobs) await app.engine.call('job.delete', { name: id })
}
