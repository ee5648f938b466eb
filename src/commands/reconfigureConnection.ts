import type { ConnectionNode } from '../views/rows/node.ts'
import type { App } from './app.ts'
import type { Panels } from './panels.ts'
import { chosenConnection, type Picked } from './support/chosen.ts'
import { stopBeforeReconfiguring } from './support/stopBeforeReconfiguring.ts'

/** Gives a connection the new address or admin account that it has after a domain change; the one edit that is allowed while jobs use it. */
export async function reconfigureConnection(app: App, panels: Panels, picked: Picked<ConnectionNode>): Promise<void> {
  const connection = await chosenConnection(app, picked, {
    title: app.wording.l10n.t('Reconfigure which connection?'),
    of: ({ settings }) => settings.kind !== 'imap',
  })
  await stopBeforeReconfiguring(app, connection)
  await panels.openConnectionWizard({ mode: 'reconfigure', connection: connection.id })
}
