import { CancellationError, window } from 'vscode'
import type { Params } from '../rpc/protocol.ts'
import { mailboxesText } from '../views/rows/jobText.ts'
import type { JobNode, UseNode } from '../views/rows/node.ts'
import type { App } from './app.ts'
import { chosenJob } from './support/chosen.ts'
import { confirm } from './support/confirm.ts'
import { withProgress } from './support/withProgress.ts'

type By = Params<'job.match'>['by']

/** Matches the mailboxes that the two servers list, shows what was found, and adds it to the job if the person says so. */
export async function matchMailboxes(app: App, picked?: JobNode | UseNode): Promise<void> {
  const { l10n, number } = app.wording
  const job = await chosenJob(app, picked, l10n.t('Match the mailboxes of which job?'))
  const { id, name, source, target } = job
  const by = await askBy(app)
  const lists = typeof by === 'object' ? {} : await askLists(app, { source, target })
  const match = (add: boolean) =>
    withProgress(l10n.t('Matching the mailboxes of “{0}”…', name), signal =>
      app.engine.call('job.match', { name: id, by, add, ...lists }, { signal }),
    )
  const { pairs, unmatched, ambiguous } = await match(false)
  if (unmatched.length + ambiguous.length > 0) {
    await app.documents.show(
      l10n.t('Unmatched mailboxes of “{0}”', name),
      [
        ...unmatched.map(({ address }) => `- ${address}`),
        ...ambiguous.map(group =>
          l10n.t('- {0}: shared by {1} sources and {2} targets', group.name, number(group.sources.length), number(group.targets.length)),
        ),
      ].join('\n'),
    )
  }
  if (pairs.length === 0) {
    void window.showWarningMessage(l10n.t('No mailbox of “{0}” has a partner.', name))
    return
  }
  await confirm(
    l10n.t('Add {0} matched mailboxes to “{1}”?', number(pairs.length), name),
    l10n.t(
      '{0} have no partner, {1} names are ambiguous. Those the job has already stay as they are.',
      number(unmatched.length),
      number(ambiguous.length),
    ),
    l10n.t('Add'),
  )
  const { added } = await match(true)
  void window.showInformationMessage(l10n.t('{0} added to “{1}”.', mailboxesText(app.wording, added), name))
}

type Lists = Pick<Params<'job.match'>, 'sourceList' | 'targetList'>

/** Exchange tells nobody which mailboxes it has: what Get-Mailbox exported says it, for either side that is one. Throws CancellationError. */
async function askLists(app: App, { source, target }: { readonly source: string; readonly target: string }): Promise<Lists> {
  const sourceList = await askList(app, source)
  const targetList = await askList(app, target)
  return { ...(sourceList === undefined ? {} : { sourceList }), ...(targetList === undefined ? {} : { targetList }) }
}

async function askList({ mirror, wording: { l10n } }: App, connection: string): Promise<string | undefined> {
  if (mirror.connections.find(({ name }) => name === connection)?.settings.kind !== 'exchange') return undefined
  const list = { label: l10n.t('List of mailboxes, as Get-Mailbox exported it…') }
  const without = { label: l10n.t('Without a list: those that the server finds by itself') }
  const chosen = await window.showQuickPick([list, without], { title: l10n.t('Exchange lists no mailboxes. Which has “{0}”?', connection) })
  if (chosen === undefined) throw new CancellationError()
  if (chosen === without) return undefined
  const [file] = (await window.showOpenDialog({ title: l10n.t('Mailboxes of “{0}”', connection), filters: { CSV: ['csv'] } })) ?? []
  if (file === undefined) throw new CancellationError()
  return file.fsPath
}

async function askBy({ wording: { l10n } }: App): Promise<By> {
  const ways: { readonly label: string; readonly detail: string; readonly by: By | 'csv' }[] = [
    { label: l10n.t('Address'), detail: l10n.t('The part before the @ is the same on both sides.'), by: 'localPart' },
    { label: l10n.t('Display name'), detail: l10n.t('The names of the people are the same on both sides.'), by: 'displayName' },
    { label: l10n.t('CSV file…'), detail: l10n.t('With the header source,target.'), by: 'csv' },
  ]
  const chosen = await window.showQuickPick(ways, { title: l10n.t('Match by'), matchOnDetail: true })
  if (chosen === undefined) throw new CancellationError()
  if (chosen.by !== 'csv') return chosen.by
  const [file] = (await window.showOpenDialog({ title: l10n.t('Match by CSV file'), filters: { CSV: ['csv'] } })) ?? []
  if (file === undefined) throw new CancellationError()
  return { csv: file.fsPath }
}
