import type { ConnectionNode, Node } from '../views/rows/node.ts'
import type { App } from './app.ts'
import { chosenConnections, type Picked } from './support/chosen.ts'
import { testAll } from './support/testAll.ts'

/** Tests connections live and records what was found; tells of each one that failed what to do. */
export async function testConnection(app: App, picked: Picked<ConnectionNode>, selected?: readonly Node[]): Promise<void> {
  const { l10n } = app.wording
  const connections = await chosenConnections(app, picked, selected, { title: l10n.t('Test which connections?') })
  await testAll(app, connections)
}
