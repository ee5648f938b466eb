import { window } from 'vscode'
import { MailferryError } from '../domain/errors.ts'
import { packError } from '../rpc/packError.ts'
import type { ConnectionSummary } from '../rpc/results.ts'
import type { ConnectionNode, Node } from '../views/rows/node.ts'
import type { App } from './app.ts'
import { actOnEach, type Refusal, tellRefusals } from './support/actOnEach.ts'
import { chosenConnections, type Picked } from './support/chosen.ts'
import { confirm } from './support/confirm.ts'
import { listed } from './support/listed.ts'

/** Deletes connections that no job uses, after asking once for all of them; those that jobs use are refused with their jobs. */
export async function deleteConnection(app: App, picked: Picked<ConnectionNode>, selected?: readonly Node[]): Promise<void> {
  const { l10n, number } = app.wording
  const connections = await chosenConnections(app, picked, selected, { title: l10n.t('Delete which connections?') })
  const free = connections.filter(({ usedBy }) => usedBy.length === 0)
  const used = connections.filter(({ usedBy }) => usedBy.length > 0).map(({ name, usedBy }) => inUse(name, usedBy))
  const [first, ...others] = used
  if (first !== undefined && others.length === 0 && free.length === 0) throw first
  if (free.length > 0) await askFor(app, free)
  const more = await actOnEach(
    app.wording,
    free,
    ({ name }) => name,
    async ({ id }) => {
      await app.engine.call('connection.delete', { name: id })
      await app.secrets.delete(id)
    },
  )
  const done = l10n.t('{0} of {1} connections deleted.', number(free.length - more.length), number(connections.length))
  const refusals = [...used.map(error => refusal(app, error)), ...more]
  if (refusals.length > 0) return tellRefusals(app, refusals, done)
  if (connections.length > 1) void window.showInformationMessage(done)
}

const inUse = (connection: string, jobs: readonly string[]) => new MailferryError('inUse', { connection, jobs: [...jobs] })

const refusal = ({ wording }: App, error: MailferryError<'inUse'>): Refusal => ({
  name: error.params.connection,
  why: wording.describe(error).message,
  error: packError(error),
})

async function askFor({ wording }: App, connections: readonly ConnectionSummary[]): Promise<void> {
  const { l10n, number } = wording
  const names = connections.map(({ name }) => name)
  const secrets = l10n.t('Stored passwords are deleted too. Nothing on the servers changes.')
  const [only, ...more] = names
  if (more.length === 0) return confirm(l10n.t('Delete “{0}”?', only ?? ''), secrets, l10n.t('Delete'))
  await confirm(l10n.t('Delete {0} connections?', number(names.length)), `${listed(wording, names)}\n\n${secrets}`, l10n.t('Delete'))
}
