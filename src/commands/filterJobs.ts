import { window } from 'vscode'
import type { App } from './app.ts'

/** Shows only mailboxes with this in an address or name. */
export async function filterJobs({ views, setContext, wording: { l10n } }: App): Promise<void> {
  const text = await window.showInputBox({ title: l10n.t('Filter mailboxes'), prompt: l10n.t('Part of an address or name') })
  if (text === undefined) return
  views.filterJobs(text.trim())
  setContext('mailferry.jobsFiltered', text.trim() !== '')
}
