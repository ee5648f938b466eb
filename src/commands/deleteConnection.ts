import { MailferryError } from '../domain/errors.ts'
import type { ConnectionNode, Node } from '../views/rows/node.ts'
import type { App } from './app.ts'
import { chosenConnections, type Picked } from './support/chosen.ts'
import { confirm } from './support/confirm.ts'

/** Deletes connections that no job uses; the first that one does is refused with its jobs, before anything is deleted. */
export async function deleteConnection(app: App, picked: Picked<ConnectionNode>, selected?: readonly Node[]): Promise<void> {
  const { l10n, number } = app.wording
  const connections = await chosenConnections(app, picked, selected, { title: l10n.t('Delete which connections?') })
  const used = connections.find(({ usedBy }) => usedBy.length > 0)
  if (used !== undefined) throw new MailferryError('inUse', { connection: used.name, jobs: [...used.usedBy] })
  const [first, ...more] = connections
  await confirm(
    more.length === 0 ? l10n.t('Delete “{0}”?', first?.name ?? '') : l10n.t('Delete {0} connections?', number(connections.length)),
    l10n.t('Stored passwords are deleted too. Nothing on the servers changes.'),
    l10n.t('Delete'),
  )
  for (const { id } of connections) {
    await app.engine.call('connection.delete', { name: id })
    await app.secrets.delete(id)
  }
}
