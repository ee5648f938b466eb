import { window } from 'vscode'
import type { StoredError } from '../domain/pair.ts'
import type { ConnectionNode } from '../views/rows/node.ts'
import type { App } from './app.ts'
import { chosenConnection, type Picked } from './support/chosen.ts'
import { confirm } from './support/confirm.ts'
import { withProgress } from './support/withProgress.ts'

/** Shows the certificate that a server gives and, if the person says so, trusts exactly that one from now on. */
export async function trustCertificate(app: App, picked: Picked<ConnectionNode>): Promise<void> {
  const { l10n } = app.wording
  const { id, name } = await chosenConnection(app, picked, { title: l10n.t('Trust the certificate of which connection?') })
  const found = await withProgress(l10n.t('Looking at the certificate of “{0}”…', name), signal => untrusted(app, id, signal))
  if (found === undefined) {
    void window.showInformationMessage(l10n.t('The certificate of “{0}” needs no trust of yours.', name))
    return
  }
  await confirm(
    l10n.t('Trust this certificate of {0}?', found.host),
    l10n.t(
      'Its SHA-256 fingerprint is\n{0}\nCompare it with what the server’s administrator tells you. Passwords and mail will go to whoever holds it.',
      pairsOf(found.fingerprint),
    ),
    l10n.t('Trust'),
  )
  await app.engine.call('connection.trust', { name: id, fingerprint: found.fingerprint })
  await app.run('testConnection', { type: 'connection', connection: id })
}

async function untrusted(
  app: App,
  name: string,
  signal: AbortSignal,
): Promise<{ readonly host: string; readonly fingerprint: string } | undefined> {
  const failures: StoredError[] = []
  await app.engine.call(
    'connection.test',
    { name },
    { signal, emit: event => event.event === 'check' && event.error && failures.push(event.error) },
  )
  for (const { code, params } of failures) {
    if (code === 'tls.untrusted') return params
    if (code === 'tls.fingerprintMismatch') return { host: params.host, fingerprint: params.actual }
  }
  return undefined
}

/** As certificates' viewers show it. */
const pairsOf = (fingerprint: string): string => fingerprint.toUpperCase().replace(/..(?=.)/g, '$&:')
