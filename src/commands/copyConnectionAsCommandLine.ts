import { env, window } from 'vscode'
import type { ConnectionNode } from '../views/rows/node.ts'
import type { App } from './app.ts'
import { chosenConnection, type Picked } from './support/chosen.ts'
import { applyCommandLine } from './support/commandLine.ts'

/** Copies the command that defines this connection, without its secret, wherever it is pasted. */
export async function copyConnectionAsCommandLine(app: App, picked: Picked<ConnectionNode>): Promise<void> {
  const { l10n } = app.wording
  const { name } = await chosenConnection(app, picked, { title: l10n.t('Copy which connection as a command line?') })
  const { connections = [] } = await app.engine.call('plan.export', {})
  const plan = { connections: connections.filter(connection => connection.name === name) }
  await env.clipboard.writeText(applyCommandLine(plan, process.platform))
  void window.showInformationMessage(l10n.t('The command is in the clipboard; it works in the integrated terminal.'))
}
