import { window } from 'vscode'
import { mailboxesText } from '../views/rows/jobText.ts'
import type { JobNode, Node, PairNode } from '../views/rows/node.ts'
import type { App } from './app.ts'
import { actOnEach, tellRefusals } from './support/actOnEach.ts'
import { chosenParts } from './support/chosen.ts'
import { confirm } from './support/confirm.ts'
import { mailboxesOf } from './support/mailboxesOf.ts'
import { refuseStaleConnections } from './support/refuseStaleConnections.ts'
import { withProgress } from './support/withProgress.ts'

/** A person's answer where a mailbox was deleted and made anew: today's is the one to go on with. Only mailboxes that wait for this answer are concerned. */
export async function acceptReplacement(app: App, picked?: JobNode | PairNode, selected?: readonly Node[]): Promise<void> {
  const { l10n } = app.wording
  const parts = await chosenParts(app, picked, selected, {
    title: l10n.t('Accept the replaced mailboxes of which jobs?'),
    of: ({ states }) => (states.waiting ?? 0) > 0,
  })
  await confirm(
    l10n.t('Go on with the mailboxes that have taken the place of others?'),
    l10n.t(
      'What is known of the former ones is forgotten. The next run matches what lies in the target, one to one, before it copies the rest. Nothing is deleted.',
    ),
    l10n.t('Go on with them'),
  )
  let accepted = 0
  const refusals = await actOnEach(
    app.wording,
    parts,
    ({ job }) => job.name,
    async part => {
      refuseStaleConnections(app, part.job, 'reset')
      const { pairs } = await withProgress(l10n.t('Accepting the mailboxes of “{0}”…', part.job.name), signal =>
        app.engine.call('job.acceptReplacement', { name: part.job.id, ...mailboxesOf(part) }, { signal }),
      )
      accepted += pairs
    },
  )
  const done =
    accepted === 0
      ? l10n.t('No mailbox waits for that.')
      : l10n.t('{0} accepted; start the job again.', mailboxesText(app.wording, accepted))
  if (refusals.length > 0) return tellRefusals(app, refusals, done)
  void window.showInformationMessage(done)
}
