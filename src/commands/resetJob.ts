import { CancellationError, window } from 'vscode'
import type { Params } from '../rpc/protocol.ts'
import { mailboxesText } from '../views/rows/jobText.ts'
import type { JobNode, Node, PairNode } from '../views/rows/node.ts'
import type { Wording } from '../views/wording.ts'
import type { App } from './app.ts'
import { actOnEach, tellRefusals } from './support/actOnEach.ts'
import { chosenParts, type JobPart } from './support/chosen.ts'
import { confirm } from './support/confirm.ts'
import { listed } from './support/listed.ts'
import { mailboxesOf } from './support/mailboxesOf.ts'
import { refuseStaleConnections } from './support/refuseStaleConnections.ts'
import { withProgress } from './support/withProgress.ts'

type ResetMode = Params<'job.reset'>['mode']

/** Forgets the migration state of jobs or mailboxes, in one of three ways. */
export async function resetJob(app: App, picked?: JobNode | PairNode, selected?: readonly Node[]): Promise<void> {
  const { l10n, number } = app.wording
  const parts = await chosenParts(app, picked, selected, {
    title: l10n.t('Reset the migration state of which jobs?'),
    of: ({ pairs }) => pairs > 0,
  })
  const [only, ...more] = parts
  if (only !== undefined && more.length === 0) refuseStaleConnections(app, only.job, 'reset')
  const way = await window.showQuickPick(resetWays(app.wording), { title: l10n.t('Reset in which way?'), matchOnDetail: true })
  if (way === undefined) throw new CancellationError()
  await confirm(
    l10n.t('Reset {0}: {1}?', mailboxesText(app.wording, mailboxesIn(parts)), way.label),
    `${listed(app.wording, parts.flatMap(namesOf))}\n\n${way.detail}`,
    l10n.t('Reset'),
  )
  const refusals = await actOnEach(
    app.wording,
    parts,
    ({ job }) => job.name,
    part => reset(app, part, way.mode),
  )
  const done = l10n.t('{0} of {1} jobs reset.', number(parts.length - refusals.length), number(parts.length))
  if (refusals.length > 0) return tellRefusals(app, refusals, done)
  if (parts.length > 1) void window.showInformationMessage(done)
}

async function reset(app: App, part: JobPart, mode: ResetMode): Promise<void> {
  refuseStaleConnections(app, part.job, 'reset')
  await withProgress(app.wording.l10n.t('Resetting “{0}”…', part.job.name), (signal, say) =>
    app.engine.call(
      'job.reset',
      { name: part.job.id, mode, ...mailboxesOf(part) },
      { signal, emit: event => event.event === 'reset' && say(event.source) },
    ),
  )
}

/** The job, or the mailboxes of it that are meant. */
const namesOf = ({ job, pairs }: JobPart): string[] =>
  pairs === undefined ? [job.name] : pairs.map(({ source }) => `${job.name}: ${source.address}`)

const mailboxesIn = (parts: readonly JobPart[]): number => parts.reduce((sum, { job, pairs }) => sum + (pairs?.length ?? job.pairs), 0)

/** What each way means for what lies in the target. */
const resetWays = ({ l10n }: Wording) =>
  [
    {
      mode: 'adopt',
      label: l10n.t('Forget, and adopt what is there'),
      detail: l10n.t('The next run matches what lies in the target, one to one, before it copies the rest. Nothing is copied twice.'),
    },
    {
      mode: 'remove',
      label: l10n.t('Forget, and remove what was written'),
      detail: l10n.t(
        'First deletes from the target, recoverably, what Mailferry wrote and nobody has changed since. The next run copies everything again.',
      ),
    },
    {
      mode: 'forget',
      label: l10n.t('Forget only'),
      detail: l10n.t('The target stays as it is, and the next run copies everything again: what lies there already is then there twice.'),
    },
  ] as const
