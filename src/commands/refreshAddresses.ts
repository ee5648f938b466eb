import type { RefreshedEvent } from '../rpc/events.ts'
import type { JobNode, Node, PairNode } from '../views/rows/node.ts'
import type { App } from './app.ts'
import { chosenParts, type JobPart } from './support/chosen.ts'
import { mailboxesOf } from './support/mailboxesOf.ts'
import { refreshedLine } from './support/refreshedLine.ts'
import { refuseStaleConnections } from './support/refuseStaleConnections.ts'
import { withProgress } from './support/withProgress.ts'

/** Reads every mailbox's address of today by its immutable id, on both sides. */
export async function refreshAddresses(app: App, picked?: JobNode | PairNode, selected?: readonly Node[]): Promise<void> {
  const parts = await chosenParts(app, picked, selected, {
    title: app.wording.l10n.t('Refresh the email addresses of which jobs?'),
    of: ({ pairs }) => pairs > 0,
  })
  for (const { job } of parts) refuseStaleConnections(app, job, 'refreshAddresses')
  for (const part of parts) await refresh(app, part)
}

async function refresh({ engine, wording, documents }: App, part: JobPart): Promise<void> {
  const { l10n, number } = wording
  const events: RefreshedEvent[] = []
  const { outcomes } = await withProgress(l10n.t('Refreshing the email addresses of “{0}”…', part.job.name), (signal, say) =>
    engine.call(
      'job.refreshAddresses',
      { name: part.job.id, ...mailboxesOf(part) },
      {
        signal,
        emit(event) {
          if (event.event !== 'refreshed') return
          events.push(event)
          say(event.mailbox)
        },
      },
    ),
  )
  const { refreshed, unchanged, notFound, ambiguous, failed } = outcomes
  const summary = l10n.t(
    '{0} refreshed, {1} unchanged, {2} not found, {3} ambiguous, {4} failed.',
    ...[refreshed, unchanged, notFound, ambiguous, failed].map(number),
  )
  const lines = events.flatMap(event => refreshedLine(wording, event))
  await documents.show(l10n.t('Email addresses of “{0}”', part.job.name), [summary, '', ...lines].join('\n'))
}
