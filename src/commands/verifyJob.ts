import { window } from 'vscode'
import type { JobNode, Node, PairNode } from '../views/rows/node.ts'
import type { App } from './app.ts'
import { chosenParts } from './support/chosen.ts'
import { mailboxesOf } from './support/mailboxesOf.ts'
import { withProgress } from './support/withProgress.ts'

/** Compares what was migrated with what lies on the target now, folder by folder, and writes nothing. */
export async function verifyJob(app: App, picked?: JobNode | PairNode, selected?: readonly Node[]): Promise<void> {
  const { l10n, number } = app.wording
  const parts = await chosenParts(app, picked, selected, { title: l10n.t('Verify which jobs?'), of: ({ pairs }) => pairs > 0 })
  for (const part of parts) {
    const { checked, equal, different, missing, pending } = await withProgress(l10n.t('Verifying “{0}”…', part.job.name), (signal, say) =>
      app.engine.call(
        'job.verify',
        { name: part.job.id, ...mailboxesOf(part) },
        {
          signal,
          emit: event => event.event === 'verified' && say(`${event.source}: ${event.folder}`),
        },
      ),
    )
    const text = l10n.t(
      '“{0}”: of {1} messages {2} are equal and {3} differ; {4} were taken from the target since, {5} came to the source.',
      part.job.name,
      number(checked),
      number(equal),
      number(different),
      number(missing),
      number(pending),
    )
    void (different > 0 ? window.showWarningMessage(text) : window.showInformationMessage(text))
  }
}
