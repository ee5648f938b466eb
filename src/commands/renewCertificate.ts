import { window } from 'vscode'
import { endsSoon } from '../domain/expiry.ts'
import type { ConnectionSummary, RenewResult } from '../rpc/results.ts'
import { connectionTokens } from '../views/rows/connectionRow.ts'
import type { ConnectionNode } from '../views/rows/node.ts'
import type { App } from './app.ts'
import { chosenConnection, type Picked } from './support/chosen.ts'
import { withProgress } from './support/withProgress.ts'

/** Has an application renew the certificate that it signs in by; where it can't, a script that somebody else runs does. Allowed while jobs use the connection. */
export async function renewCertificate(app: App, picked: Picked<ConnectionNode>): Promise<void> {
  const { engine, wording } = app
  const { l10n, date } = wording
  const ending = app.mirror.connections.filter(one => isRenewable(one) && endsSoon(one.verification, wording.now()) !== undefined)
  const [only, ...more] = ending
  const { id, name } = await chosenConnection(
    app,
    picked ?? (only && more.length === 0 ? { type: 'connection', connection: only.id } : undefined),
    {
      title: l10n.t('Renew the certificate of which connection?'),
      of: isRenewable,
    },
  )
  const done = await renewed(app, name)
  if (done === undefined) return
  if (!done.renewed) {
    const { message } = wording.describe(done.why)
    const script = l10n.t('Enter credentials…')
    const text = l10n.t('The application of “{0}” can’t renew its certificate itself; a script can. {1}', name, message)
    if ((await window.showWarningMessage(text, script)) === script)
      await app.run('enterCredentials', { type: 'connection', connection: id })
    return
  }
  if (done.secret !== undefined) await app.secrets.set(id, done.secret)
  void window.showInformationMessage(
    l10n.t(
      'The certificate of “{0}” is renewed, and good until {1}. The former one may be removed in the tenant.',
      name,
      date(done.validTo),
    ),
  )
  await engine.call('connection.check', { names: [name] })
}

const isRenewable = (connection: ConnectionSummary): boolean => connectionTokens(connection).includes('renewable')

/** Asks for the application's object id where the tenant doesn't tell it. Nothing where the person gives up. */
async function renewed({ engine, wording: { l10n } }: App, name: string): Promise<RenewResult | undefined> {
  const title = l10n.t('Renewing the certificate of “{0}”…', name)
  const ask = (more: { readonly objectId?: string }): Promise<RenewResult> =>
    withProgress(title, signal => engine.call('office365.renew', { name, give: true, ...more }, { signal }))
  const done = await ask({})
  if (done.renewed || done.why.code !== 'permission.graph') return done
  const objectId = await window.showInputBox({
    title,
    prompt: l10n.t(
      'The application’s object id, which the tenant doesn’t tell it (Entra admin centre, App registrations, Overview). Empty: by a script.',
    ),
    ignoreFocusOut: true,
  })
  if (objectId === undefined) return undefined
  return objectId.trim() === '' ? done : ask({ objectId: objectId.trim() })
}
