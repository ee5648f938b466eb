import { window } from 'vscode'
import { mailboxesText } from '../views/rows/jobText.ts'
import type { Node, PairNode } from '../views/rows/node.ts'
import type { App } from './app.ts'
import { actOnEach, tellRefusals } from './support/actOnEach.ts'
import { chosenPairs, type Picked } from './support/chosen.ts'

/** Changes when mailboxes have their turn: higher numbers first, equal ones by address. */
export async function setPriority(app: App, picked: Picked<PairNode>, selected?: readonly Node[]): Promise<void> {
  const { l10n, number } = app.wording
  const parts = await chosenPairs(app, picked, selected, { title: l10n.t('Priority of which mailboxes?') })
  const [first] = parts[0]?.pairs ?? []
  if (first === undefined) return
  const text = await window.showInputBox({
    title: l10n.t(
      'Priority of {0}',
      mailboxesText(
        app.wording,
        parts.reduce((sum, { pairs = [] }) => sum + pairs.length, 0),
      ),
    ),
    prompt: l10n.t('Higher numbers have their turn first.'),
    value: String(first.priority),
    validateInput: typed => (/^-?\d{1,9}$/.test(typed.trim()) ? undefined : l10n.t('A whole number is needed.')),
  })
  if (text === undefined) return
  const refusals = await actOnEach(
    app.wording,
    parts,
    ({ job }) => job.name,
    ({ job, pairs = [] }) =>
      app.engine.call('job.prioritise', { name: job.id, priorities: [{ pairs: pairs.map(({ id }) => id), priority: Number(text) }] }),
  )
  await tellRefusals(
    app,
    refusals,
    l10n.t('Priorities of {0} of {1} jobs changed.', number(parts.length - refusals.length), number(parts.length)),
  )
}
