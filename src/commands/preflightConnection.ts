import { window } from 'vscode'
import { describe } from '../domain/errorText.ts'
import type { ConnectionNode } from '../views/rows/node.ts'
import type { App } from './app.ts'
import { chosenConnection, type Picked } from './support/chosen.ts'
import { withProgress } from './support/withProgress.ts'

/** Opens every mailbox that the connection reaches, once, and lists those that don't open. */
export async function preflightConnection(app: App, picked: Picked<ConnectionNode>): Promise<void> {
  const { l10n, number } = app.wording
  const { id, name } = await chosenConnection(app, picked, { title: l10n.t('Open every mailbox of which connection?') })
  const { mailboxes, failures } = await withProgress(l10n.t('Opening the mailboxes of “{0}”…', name), (signal, say) =>
    app.engine.call('connection.preflight', { name: id }, { signal, emit: event => event.event === 'mailbox' && say(event.mailbox) }),
  )
  if (failures.length === 0) {
    void window.showInformationMessage(l10n.t('All {0} mailboxes of “{1}” open.', number(mailboxes), name))
    return
  }
  const lines = failures.map(failure => `- ${describe(failure).message} ${describe(failure).next}`)
  await app.documents.show(
    l10n.t('{0} of {1} mailboxes of “{2}” don’t open', number(failures.length), number(mailboxes), name),
    lines.join('\n'),
  )
}
