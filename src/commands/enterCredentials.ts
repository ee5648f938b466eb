import { window } from 'vscode'
import type { ConnectionSummary } from '../rpc/results.ts'
import type { ConnectionNode } from '../views/rows/node.ts'
import type { App } from './app.ts'
import { chosenConnection, type Picked } from './support/chosen.ts'
import { newCertificate } from './support/newCertificate.ts'
import { readSecretFile } from './support/readSecretFile.ts'
import { secretForm } from './support/secretForm.ts'
import { signInByCode } from './support/signInByCode.ts'

/** Stores a new password, client secret, certificate, refresh token or CSV of passwords for a connection's sign-in; allowed while jobs use it. */
export async function enterCredentials(app: App, picked: Picked<ConnectionNode>): Promise<void> {
  const { l10n } = app.wording
  const needing = app.mirror.connections.filter(({ verification }) => verification.state === 'credentialsNeeded')
  const connection = await chosenConnection(app, picked ?? onlyOne(needing), {
    title: l10n.t('Enter credentials for which connection?'),
    of: needing.length === 0 ? () => true : connection => needing.includes(connection),
  })
  const { id, name } = connection
  const secret = await ask(app, connection)
  if (secret === undefined || secret === '') return
  const kept = await app.secrets.set(id, secret)
  void window.showInformationMessage(
    kept === 'stored'
      ? l10n.t('The credentials of “{0}” are stored. Mailboxes that waited for them go on.', name)
      : l10n.t('The credentials of “{0}” are kept until this window closes. Mailboxes that waited for them go on.', name),
  )
}

async function ask(app: App, connection: ConnectionSummary): Promise<string | undefined> {
  const form = secretForm(app.wording, connection.settings)
  const title = app.wording.l10n.t('Credentials of “{0}”', connection.name)
  switch (form.as) {
    case 'file':
      return readSecretFile(title, form.prompt)
    case 'code':
      return signInByCode(app, connection, form.settings, form.user)
    case 'certificate':
      return newCertificate(app, title, form.settings, form.clientId)
    case 'text':
      return window.showInputBox({ title, prompt: form.prompt, password: true, ignoreFocusOut: true })
  }
}

const onlyOne = (connections: readonly { readonly id: ConnectionNode['connection'] }[]): ConnectionNode | undefined => {
  const [only, ...more] = connections
  return only === undefined || more.length > 0 ? undefined : { type: 'connection', connection: only.id }
}
