import type { ConnectionNode, JobNode } from '../views/rows/node.ts'
import type { App } from './app.ts'
import { journalLines } from './support/journalLines.ts'

/** Entries that are shown, the newest first. */
const most = 1000

/** Shows what was done when: to one connection or job, or to all. */
export async function showJournal(app: App, picked?: ConnectionNode | JobNode): Promise<void> {
  const { l10n } = app.wording
  const subject = picked && (picked.type === 'connection' ? picked.connection : picked.job)
  const name = picked && (picked.type === 'connection' ? app.mirror.connection(picked.connection) : app.mirror.job(picked.job))?.name
  const lines = await app.engine.call('journal.list', { limit: most, ...(subject === undefined ? {} : { subject }) })
  const entries = lines.toSorted((a, b) => b.id - a.id).flatMap(line => journalLines(app.wording, line))
  const text = entries.length === 0 ? l10n.t('Nothing was done yet.') : entries.join('\n')
  await app.documents.show(name === undefined ? l10n.t('Journal') : l10n.t('Journal of “{0}”', name), text)
}
