import type { JournalLine } from '../rpc/results.ts'
import type { App } from './app.ts'
import { showText } from './support/showText.ts'

/** Entries that are shown, the newest first. */
const most = 1000

/** Shows what was done to connections and jobs, when. */
export async function showJournal(app: App): Promise<void> {
  const { l10n } = app.wording
  const lines = await app.engine.call('journal.list', { limit: most })
  await showText(
    l10n.t('Journal'),
    lines
      .toReversed()
      .map(line => entry(app, line))
      .join('\n'),
  )
}

const entry = ({ wording: { date } }: App, { at, name, subject, what, detail }: JournalLine): string =>
  `- ${date(at)}: ${what}, ${name ?? subject}${detail === undefined ? '' : ` \`${JSON.stringify(detail).replaceAll('`', '’')}\``}`
