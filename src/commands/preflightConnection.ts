import { window } from 'vscode'
import type { MailboxEvent } from '../rpc/events.ts'
import { mailboxesText } from '../views/rows/jobText.ts'
import type { ConnectionNode } from '../views/rows/node.ts'
import type { App } from './app.ts'
import { chosenConnection, type Picked } from './support/chosen.ts'
import { preflightLines } from './support/preflightLines.ts'
import { withProgress } from './support/withProgress.ts'

/** Opens every mailbox that the connection reaches, once, and lists those that don't open and what else speaks against moving mail into them. */
export async function preflightConnection(app: App, picked: Picked<ConnectionNode>): Promise<void> {
  const { l10n, number } = app.wording
  const { id, name } = await chosenConnection(app, picked, { title: l10n.t('Open every mailbox of which connection?') })
  const found: MailboxEvent[] = []
  const { mailboxes, failures } = await withProgress(l10n.t('Opening the mailboxes of “{0}”…', name), (signal, say) =>
    app.engine.call(
      'connection.preflight',
      { name: id },
      {
        signal,
        emit(event) {
          if (event.event !== 'mailbox') return
          found.push(event)
          say(event.mailbox)
        },
      },
    ),
  )
  const lines = found.flatMap(event => preflightLines(app.wording, event))
  if (lines.length === 0) {
    void window.showInformationMessage(l10n.t('Every mailbox of “{0}” opens: {1}.', name, mailboxesText(app.wording, mailboxes)))
    return
  }
  const opened = l10n.t('{0} of {1} mailboxes open.', number(mailboxes - failures.length), number(mailboxes))
  await app.documents.show(l10n.t('Mailboxes of “{0}”', name), [opened, '', ...lines].join('\n'))
}
