import { window } from 'vscode'
import type { JobNode, Node, UseNode } from '../views/rows/node.ts'
import type { App } from './app.ts'
import { actOnEach, tellRefusals } from './support/actOnEach.ts'
import { chosenJobs } from './support/chosen.ts'
import { confirm } from './support/confirm.ts'
import { listed } from './support/listed.ts'

/** Deletes jobs with all that is known of their mailboxes, after asking once for all of them; mail stays where it is. */
export async function deleteJob(app: App, picked?: JobNode | UseNode, selected?: readonly Node[]): Promise<void> {
  const { l10n, number } = app.wording
  const jobs = await chosenJobs(app, picked, selected, { title: l10n.t('Delete which jobs?') })
  const [first, ...others] = jobs
  const stays = l10n.t('What was migrated stays on the target, but Mailferry forgets what that was: a later run could only adopt it.')
  await confirm(
    others.length === 0 ? l10n.t('Delete “{0}”?', first?.name ?? '') : l10n.t('Delete {0} jobs?', number(jobs.length)),
    others.length === 0
      ? stays
      : `${listed(
          app.wording,
          jobs.map(({ name }) => name),
        )}\n\n${stays}`,
    l10n.t('Delete'),
  )
  const refusals = await actOnEach(
    app.wording,
    jobs,
    ({ name }) => name,
    ({ id }) => app.engine.call('job.delete', { name: id }),
  )
  const done = l10n.t('{0} of {1} jobs deleted.', number(jobs.length - refusals.length), number(jobs.length))
  if (refusals.length > 0) return tellRefusals(app, refusals, done)
  if (jobs.length > 1) void window.showInformationMessage(done)
}
