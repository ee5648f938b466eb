import { Uri, window, workspace } from 'vscode'
import { type WithoutX500, withoutX500Text } from '../domain/powershell/addX500.ts'
import type { X500Result } from '../rpc/results.ts'
import type { JobNode, Node, PairNode } from '../views/rows/node.ts'
import type { App } from './app.ts'
import { chosenPart, type JobPart } from './support/chosen.ts'
import { mailboxesOf } from './support/mailboxesOf.ts'
import { showScript } from './support/showScript.ts'

/** Opens the script that lets replies to old mail find the new mailboxes; beside it, who gets no such address and why. A list from the source's administrator says what isn't known. */
export async function showX500Script(app: App, picked?: JobNode | PairNode, selected?: readonly Node[]): Promise<void> {
  const { l10n } = app.wording
  const part = await chosenPart(app, picked, selected, l10n.t('X500 addresses of which job?'))
  await show(app, part, await app.engine.call('job.x500', { name: part.job.id, ...mailboxesOf(part) }))
}

async function show(app: App, part: JobPart, result: X500Result): Promise<void> {
  const { l10n, said } = app.wording
  const { name } = part.job
  const { script, pairs } = result
  const without = pairs.flatMap(pair =>
    'without' in pair ? [`- ${pair.source.address}: ${said('reasons', withoutX500Text[pair.without])}`] : [],
  )
  if (without.length > 0) await app.documents.show(l10n.t('Mailboxes of “{0}” without an X500 address', name), without.join('\n'))
  if (script !== undefined) await showScript(script)
  const list = pairs.some(pair => 'without' in pair && couldBeHad(pair.without)) ? [l10n.t('Give a list of mailboxes…')] : []
  const table = l10n.t('Save as a table…')
  const told =
    script === undefined
      ? l10n.t('No mailbox of “{0}” can be given an X500 address.', name)
      : l10n.t('Read the script before you run it. {0} mailboxes of “{1}” get no address by it.', app.wording.number(without.length), name)
  const chosen = await window.showInformationMessage(told, ...list, table)
  if (chosen === table) await saveTable(app, name, result.csv)
  else if (chosen !== undefined) await showWithList(app, part)
}

const couldBeHad = (without: WithoutX500): boolean => without === 'notTold' || without === 'notLearned'

async function showWithList(app: App, part: JobPart): Promise<void> {
  const title = app.wording.l10n.t('Mailboxes of the source, with the column LegacyExchangeDN')
  const [file] = (await window.showOpenDialog({ title, filters: { CSV: ['csv'] } })) ?? []
  if (file === undefined) return
  await show(app, part, await app.engine.call('job.x500', { name: part.job.id, sourceList: file.fsPath, ...mailboxesOf(part) }))
}

async function saveTable({ wording: { l10n } }: App, job: string, csv: string): Promise<void> {
  const file = await window.showSaveDialog({
    title: l10n.t('X500 addresses of “{0}”', job),
    defaultUri: Uri.joinPath(workspace.workspaceFolders?.[0]?.uri ?? Uri.file('/'), `${job}-x500.csv`),
    filters: { CSV: ['csv'] },
  })
  if (file !== undefined) await workspace.fs.writeFile(file, new TextEncoder().encode(csv))
}
