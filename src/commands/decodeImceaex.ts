import { window } from 'vscode'
import { decodeImceaex as decode, x500 } from '../domain/imceaex.ts'
import type { App } from './app.ts'

/** Shows which X500 address an IMCEAEX address of a non-delivery report means, and what to do with it. */
export async function decodeImceaex({ wording: { l10n }, documents }: App): Promise<void> {
  const text = await window.showInputBox({
    title: l10n.t('IMCEAEX address, or text of a non-delivery report that has one'),
    placeHolder: l10n.t('Such as {0}', 'IMCEAEX-_o=Contoso_ou=…_cn=Anna+20Berg@contoso.com'),
    ignoreFocusOut: true,
    validateInput: typed =>
      typed === '' || decode(typed) !== undefined ? undefined : l10n.t('There is no complete IMCEAEX address in it.'),
  })
  const legacyExchangeDN = decode(text ?? '')
  if (legacyExchangeDN === undefined) return
  const what = l10n.t('Add this address to the mailbox that is meant, and replies and remembered names reach it again.')
  await documents.show(
    l10n.t('X500 address'),
    `    ${x500(legacyExchangeDN)}\n\n${what}\n\n    Set-Mailbox MAILBOX -EmailAddresses @{ Add = ADDRESS }`,
  )
}
