import { MailferryError } from '../domain/errors.ts'
import type { ConnectionNode } from '../views/rows/node.ts'
import type { App } from './app.ts'
import type { Panels } from './panels.ts'
import { chosenConnection, type Picked } from './support/chosen.ts'

/** Opens a connection's settings. One that jobs use is refused before anything is typed; the engine refuses again when it is saved. */
export async function editConnection(app: App, panels: Panels, picked: Picked<ConnectionNode>): Promise<void> {
  const { id, name, usedBy } = await chosenConnection(app, picked, { title: app.wording.l10n.t('Edit which connection?') })
  if (usedBy.length > 0) throw new MailferryError('inUse', { connection: name, jobs: [...usedBy] })
  await panels.openConnectionWizard({ mode: 'edit', connection: id })
}
