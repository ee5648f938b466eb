import { window } from 'vscode'
import type { ConnectionNode } from '../views/rows/node.ts'
import type { App } from './app.ts'
import { chosenConnection, type Picked } from './support/chosen.ts'
import { nameProblem } from './support/nameProblem.ts'

/** Gives a connection another display name; allowed while jobs use it, for they know it by its id. */
export async function renameConnection(app: App, picked: Picked<ConnectionNode>): Promise<void> {
  const { l10n } = app.wording
  const { id, name } = await chosenConnection(app, picked, { title: l10n.t('Rename which connection?') })
  const others = app.mirror.connections.filter(connection => connection.id !== id).map(connection => connection.name)
  const to = await window.showInputBox({
    title: l10n.t('Rename “{0}”', name),
    value: name,
    validateInput: text => nameProblem(app.wording, 'connection', text, others),
  })
  if (to !== undefined && to !== name) await app.engine.call('connection.rename', { name: id, to })
}
