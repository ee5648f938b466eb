import { window } from 'vscode'
import type { App } from './app.ts'

/** Shows only connections with these words in their name, server or admin account. */
export async function filterConnections({ views, setContext, wording: { l10n } }: App): Promise<void> {
  const text = await window.showInputBox({
    title: l10n.t('Filter connections'),
    prompt: l10n.t('Words of a name, server or admin account'),
  })
  if (text === undefined) return
  views.filterConnections(text.trim())
  setContext('mailferry.connectionsFiltered', text.trim() !== '')
}
