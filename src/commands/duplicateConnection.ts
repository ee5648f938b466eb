import { window } from 'vscode'
import type { ConnectionNode } from '../views/rows/node.ts'
import type { App } from './app.ts'
import { chosenConnection, type Picked } from './support/chosen.ts'
import { nameProblem } from './support/nameProblem.ts'

/** Makes another connection with the same settings, without the secret and not verified. */
export async function duplicateConnection(app: App, picked: Picked<ConnectionNode>): Promise<void> {
  const { l10n } = app.wording
  const { id, name } = await chosenConnection(app, picked, { title: l10n.t('Duplicate which connection?') })
  const others = app.mirror.connections.map(connection => connection.name)
  const as = await window.showInputBox({
    title: l10n.t('Duplicate “{0}”', name),
    prompt: l10n.t('The duplicate has the same settings, but no stored password.'),
    value: l10n.t('{0} (copy)', name),
    validateInput: text => nameProblem(app.wording, 'connection', text, others),
  })
  if (as !== undefined) await app.engine.call('connection.duplicate', { name: id, as })
}
