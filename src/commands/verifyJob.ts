import { window } from 'vscode'
import type { VerifyResult } from '../rpc/results.ts'
import type { JobNode, Node, PairNode } from '../views/rows/node.ts'
import type { Wording } from '../views/wording.ts'
import type { App } from './app.ts'
import { actOnEach, tellRefusals } from './support/actOnEach.ts'
import { chosenParts } from './support/chosen.ts'
import { listed } from './support/listed.ts'
import { mailboxesOf } from './support/mailboxesOf.ts'
import { withProgress } from './support/withProgress.ts'

/** Compares what was migrated with what lies on the target now, folder by folder, and writes nothing. */
export const verifyJob = (app: App, picked?: JobNode | PairNode, selected?: readonly Node[]): Promise<void> =>
  verify(app, picked, selected, {})

/** The same by every message's bytes, which takes as long as a migration. */
export const verifyJobBytes = (app: App, picked?: JobNode | PairNode, selected?: readonly Node[]): Promise<void> =>
  verify(app, picked, selected, { bytes: true })

async function verify(
  app: App,
  picked: JobNode | PairNode | undefined,
  selected: readonly Node[] | undefined,
  how: { readonly bytes?: true },
): Promise<void> {
  const { l10n, number } = app.wording
  const parts = await chosenParts(app, picked, selected, { title: l10n.t('Verify which jobs?'), of: ({ pairs }) => pairs > 0 })
  const results: string[] = []
  let different = 0
  const refusals = await actOnEach(
    app.wording,
    parts,
    ({ job }) => job.name,
    async part => {
      const result = await withProgress(l10n.t('Verifying “{0}”…', part.job.name), (signal, say) =>
        app.engine.call(
          'job.verify',
          { name: part.job.id, ...how, ...mailboxesOf(part) },
          { signal, emit: event => event.event === 'verified' && say(`${event.source}: ${event.folder}`) },
        ),
      )
      different += result.different
      results.push(verifiedText(app.wording, part.job.name, result))
    },
  )
  if (refusals.length > 0) {
    const done = l10n.t('{0} of {1} jobs verified.', number(results.length), number(parts.length))
    return tellRefusals(app, [...refusals], [done, ...results].join(' '))
  }
  const text = listed(app.wording, results)
  void (different > 0 ? window.showWarningMessage(text) : window.showInformationMessage(text))
}

const verifiedText = ({ l10n, number }: Wording, job: string, { checked, equal, different, missing, pending }: VerifyResult): string =>
  l10n.t(
    '“{0}”: of {1} messages {2} are equal and {3} differ; {4} were taken from the target since, {5} came to the source.',
    job,
    number(checked),
    number(equal),
    number(different),
    number(missing),
    number(pending),
  )
