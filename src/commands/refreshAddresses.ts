import { CancellationError, window } from 'vscode'
import type { RefreshedEvent } from '../rpc/events.ts'
import type { RefreshResult } from '../rpc/results.ts'
import type { JobNode, Node, PairNode } from '../views/rows/node.ts'
import type { App } from './app.ts'
import { actOnEach, tellRefusals } from './support/actOnEach.ts'
import { chosenParts, type JobPart } from './support/chosen.ts'
import { mailboxesOf } from './support/mailboxesOf.ts'
import { offerRefreshReport } from './support/offerRefreshReport.ts'
import { refreshedLine } from './support/refreshedLine.ts'
import { refuseStaleConnections } from './support/refuseStaleConnections.ts'
import { withProgress } from './support/withProgress.ts'

/** Reads every mailbox's address of today by its immutable id, on both sides; follows logins of IMAP servers that changed, where a list of them is given. */
export async function refreshAddresses(app: App, picked?: JobNode | PairNode, selected?: readonly Node[]): Promise<void> {
  const { l10n, number } = app.wording
  const parts = await chosenParts(app, picked, selected, {
    title: l10n.t('Refresh the email addresses of which jobs?'),
    of: ({ pairs }) => pairs > 0,
  })
  const [only, ...more] = parts
  if (only !== undefined && more.length === 0) refuseStaleConnections(app, only.job, 'refreshAddresses')
  const csv = parts.some(({ job }) => hasImap(app, job)) ? await askLogins(app) : undefined
  const done: Found[] = []
  const refusals = await actOnEach(
    app.wording,
    parts,
    ({ job }) => job.name,
    async part => {
      refuseStaleConnections(app, part.job, 'refreshAddresses')
      done.push(await refresh(app, part, csv !== undefined && hasImap(app, part.job) ? { csv } : {}))
    },
  )
  if (done.length > 0) {
    const title =
      more.length === 0
        ? l10n.t('Email addresses of “{0}”', only?.job.name ?? '')
        : l10n.t('Email addresses of {0} jobs', number(done.length))
    await app.documents.show(title, done.map(found => textOf(app.wording, found)).join('\n\n'))
  }
  await tellRefusals(app, refusals, l10n.t('{0} of {1} jobs refreshed.', number(done.length), number(parts.length)))
  const [one] = done
  if (one !== undefined && more.length === 0) await offerRefreshReport(app, one)
}

const hasImap = ({ mirror }: App, { source, target }: JobPart['job']): boolean =>
  mirror.connections.some(({ name, settings }) => settings.kind === 'imap' && (name === source || name === target))

/** IMAP mailboxes are known by their logins alone: the list of those that changed, where any did. Throws CancellationError. */
async function askLogins({ wording: { l10n } }: App): Promise<string | undefined> {
  const unchanged = { label: l10n.t('No login of an IMAP mailbox changed'), detail: l10n.t('All others are found by their immutable ids.') }
  const changed = {
    label: l10n.t('Logins changed: CSV file…'),
    detail: l10n.t(
      'With the header old,new; each is proved by what lies in the mailbox. A column side (source or target) where both have the old one.',
    ),
  }
  const chosen = await window.showQuickPick([unchanged, changed], { title: l10n.t('Did logins of IMAP mailboxes change?') })
  if (chosen === undefined) throw new CancellationError()
  if (chosen === unchanged) return undefined
  const [file] = (await window.showOpenDialog({ title: l10n.t('Logins that changed'), filters: { CSV: ['csv'] } })) ?? []
  if (file === undefined) throw new CancellationError()
  return file.fsPath
}

interface Found {
  readonly job: JobPart['job']
  readonly outcomes: RefreshResult['outcomes']
  readonly events: readonly RefreshedEvent[]
}

async function refresh({ engine, wording }: App, part: JobPart, logins: { readonly csv?: string }): Promise<Found> {
  const { l10n } = wording
  const events: RefreshedEvent[] = []
  const { outcomes } = await withProgress(l10n.t('Refreshing the email addresses of “{0}”…', part.job.name), (signal, say) =>
    engine.call(
      'job.refreshAddresses',
      { name: part.job.id, ...logins, ...mailboxesOf(part) },
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
  return { job: part.job, outcomes, events }
}

/** What was found, as Markdown. */
const textOf = (wording: App['wording'], { job, outcomes, events }: Found): string =>
  [`## ${job.name}`, '', summary(wording, outcomes), '', ...events.flatMap(event => refreshedLine(wording, event))].join('\n')

const summary = (
  { l10n, number }: App['wording'],
  { refreshed, unchanged, notFound, ambiguous, failed }: RefreshResult['outcomes'],
): string =>
  l10n.t(
    '{0} refreshed, {1} unchanged, {2} not found, {3} ambiguous, {4} failed.',
    ...[refreshed, unchanged, notFound, ambiguous, failed].map(number),
  )
