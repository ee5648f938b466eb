import { env, Uri, window, workspace } from 'vscode'
import type { RefreshedEvent } from '../../rpc/events.ts'
import { refreshLineOf } from '../../rpc/refreshLineOf.ts'
import type { App } from '../app.ts'
import type { JobPart } from './chosen.ts'

interface Found {
  readonly job: JobPart['job']
  readonly events: readonly RefreshedEvent[]
}

/** What a refresh found of every mailbox, those included whose address is what it was, can be kept as a page or a table. */
export async function offerRefreshReport({ engine, wording }: App, { job: { id, name }, events }: Found): Promise<void> {
  const { l10n, language, describe } = wording
  const save = l10n.t('Save as a report…')
  const told = l10n.t('The email addresses of “{0}” were read anew. Nothing is migrated again because of it.', name)
  if ((await window.showInformationMessage(told, save)) !== save) return
  const file = await window.showSaveDialog({
    title: l10n.t('Email addresses of “{0}”', name),
    defaultUri: Uri.joinPath(workspace.workspaceFolders?.[0]?.uri ?? Uri.file('/'), `${name}-addresses.html`),
    filters: { HTML: ['html'], CSV: ['csv'] },
  })
  if (file === undefined) return
  const format = file.path.toLowerCase().endsWith('.csv') ? 'csv' : 'html'
  const lines = events.map(event => refreshLineOf(event, describe))
  await engine.call('job.refreshReport', { name: id, file: file.fsPath, format, language, lines })
  const open = l10n.t('Open')
  if ((await window.showInformationMessage(l10n.t('The report of “{0}” is written.', name), open)) === open) await env.openExternal(file)
}
