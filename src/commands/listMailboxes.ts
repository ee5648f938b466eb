import { env, window } from 'vscode'
import { mailboxesText } from '../views/rows/jobText.ts'
import type { ConnectionNode } from '../views/rows/node.ts'
import type { App } from './app.ts'
import { chosenConnection, type Picked } from './support/chosen.ts'
import { withProgress } from './support/withProgress.ts'

/** Lists a server's mailboxes; of one that tells nobody which it has, the line with which its administrator lists them. */
export async function listMailboxes(app: App, picked: Picked<ConnectionNode>): Promise<void> {
  const { l10n } = app.wording
  const { id, name } = await chosenConnection(app, picked, { title: l10n.t('List the mailboxes of which connection?') })
  const { mailboxes, command } = await withProgress(l10n.t('Listing the mailboxes of “{0}”…', name), signal =>
    app.engine.call('connection.mailboxes', { name: id }, { signal }),
  )
  if (command !== undefined) return offerCommand(app, name, command)
  const lines = mailboxes.map(({ address, displayName }) => `- ${address}${displayName === undefined ? '' : ` (${displayName})`}`)
  await app.documents.show(l10n.t('{0} of “{1}”', mailboxesText(app.wording, mailboxes.length), name), lines.join('\n'))
}

async function offerCommand({ wording: { l10n } }: App, name: string, command: string): Promise<void> {
  const copy = l10n.t('Copy')
  const message = l10n.t('“{0}” tells nobody which mailboxes it has. Run this in the Exchange Management Shell:', name)
  if ((await window.showInformationMessage(message, { modal: true, detail: command }, copy)) === copy)
    await env.clipboard.writeText(command)
}
