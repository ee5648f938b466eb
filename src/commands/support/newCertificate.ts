import { window } from 'vscode'
import type { Office365Settings } from '../../domain/connection.ts'
import type { App } from '../app.ts'
import { readSecretFile } from './readSecretFile.ts'
import { showScript } from './showScript.ts'

/**
 * Another certificate for an application: from a file, or made here, with the script that gives it to the tenant. One that was made is answered only once the
 * person says that the tenant has it, for the former one is good until then.
 */
export async function newCertificate(
  { engine, wording: { l10n } }: Pick<App, 'engine' | 'wording'>,
  title: string,
  { cloud }: Office365Settings,
  clientId: string,
): Promise<string | undefined> {
  const choose = { label: l10n.t('Choose PEM file…') }
  const make = { label: l10n.t('Make a New Certificate…'), detail: l10n.t('With a script that adds it to the application in the tenant') }
  const chosen = await window.showQuickPick([choose, make], { title })
  if (chosen === undefined) return undefined
  if (chosen === choose)
    return readSecretFile(title, l10n.t('PEM file with the certificate and private key of the application {0}', clientId))
  const { pem, certificate } = await engine.call('office365.certificate', {})
  const { script } = await engine.call('office365.renewScript', { clientId, certificate, ...(cloud === undefined ? {} : { cloud }) })
  await showScript(script)
  const use = l10n.t('The Tenant Has It: Use It')
  const text = l10n.t(
    'Have the script run in the tenant; until then the former certificate stays in use. Closing this message drops the new one.',
  )
  return (await window.showInformationMessage(text, use)) === use ? pem : undefined
}
