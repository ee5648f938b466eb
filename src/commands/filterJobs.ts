import { window } from 'vscode'
import type { PairFilter } from '../views/pairLists.ts'
import type { L10n } from '../views/wording.ts'
import type { App } from './app.ts'

/** Shows only mailboxes in some state, or with this in an address or name: the three of thousands that failed. */
export async function filterJobs({ views, setContext, wording: { l10n } }: App): Promise<void> {
  const byText = { label: l10n.t('Part of an address or name…') }
  const chosen = await window.showQuickPick([byText, ...states(l10n)], { title: l10n.t('Show which mailboxes?') })
  if (chosen === undefined) return
  const show = (by: PairFilter, said: string): void => {
    views.filterJobs(by, said)
    setContext('mailferry.jobsFiltered', said !== '')
  }
  if ('states' in chosen) return show({ states: chosen.states }, l10n.t('Only these mailboxes are shown: {0}.', chosen.label))
  const text = (await window.showInputBox({ title: l10n.t('Filter mailboxes'), prompt: l10n.t('Part of an address or name') }))?.trim()
  if (text !== undefined) show({ text }, text === '' ? '' : l10n.t('Only what contains “{0}” is shown.', text))
}

const states = (l10n: L10n): readonly { readonly label: string; readonly states: NonNullable<PairFilter['states']> }[] => [
  { label: l10n.t('In need of attention'), states: ['failed', 'waiting', 'completedWithDifferences'] },
  { label: l10n.t('Failed'), states: ['failed'] },
  { label: l10n.t('Waiting'), states: ['waiting'] },
  { label: l10n.t('Completed with differences'), states: ['completedWithDifferences'] },
  { label: l10n.t('At work'), states: ['running', 'queued'] },
  { label: l10n.t('Not completed'), states: ['new', 'queued', 'running', 'waiting', 'stopped', 'failed'] },
  { label: l10n.t('Completed'), states: ['completed', 'completedWithDifferences'] },
]
