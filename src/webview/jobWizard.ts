import * as vscode from 'vscode'
import { z } from 'zod'
import type { JobWizardMode } from '../commands/panels.ts'
import { stepsFor } from '../commands/support/stepsFor.ts'
import { takeStep } from '../commands/support/takeStep.ts'
import { MailferryError } from '../domain/errors.ts'
import { asJobId } from '../domain/ids.ts'
import { createDesk } from './createDesk.ts'
import { createJobWizard, type JobOpening } from './job/createJobWizard.ts'
import { emptyJob, jobDraft, jobDraftOf } from './job/draft.ts'
import { loadRows } from './job/loadRows.ts'
import { jobWizard } from './job/messages.ts'
import { rowChanges, rowChangesOf, withRowChanges } from './job/rememberRows.ts'
import { openPanel } from './panel.ts'
import type { PanelApp } from './panelApp.ts'

/** What the workbench keeps for a reload of the window. */
const remembered = z.strictObject({ job: z.string().optional(), draft: jobDraft, rows: rowChanges })

const keyOf = (job: string | undefined): string => `job ${job ?? 'new'}`

/** Opens the wizard, or shows the one that is open for the same job. Throws `job.notFound`. */
export async function openJobWizard(app: PanelApp, mode: JobWizardMode): Promise<void> {
  const job = mode.mode === 'edit' ? mode.job : undefined
  if (!app.open.reveal(keyOf(job))) show(app, await openingOf(app, job))
}

/** The wizard as it was before the window was reloaded; nothing where its job is gone. */
export async function restoreJobWizard(app: PanelApp, view: vscode.WebviewPanel, memory: unknown): Promise<void> {
  const { data } = remembered.safeParse(memory)
  if (data === undefined) return view.dispose()
  const opening = await openingOf(app, data.job).catch(() => undefined)
  if (opening === undefined) return view.dispose()
  const { draft, rows } = opening
  show(app, { ...opening, draft: data.draft, initial: draft, rows: withRowChanges(rows, data.rows), initialRows: rows }, view)
}

async function openingOf({ engine }: PanelApp, job: string | undefined): Promise<JobOpening> {
  const { timeZone } = new Intl.DateTimeFormat().resolvedOptions()
  if (job === undefined) {
    const connections = await engine.call('connection.list', {})
    const first = (role: 'source' | 'target'): string => connections.find(one => one.role === role)?.name ?? ''
    return { draft: emptyJob(timeZone, first('source'), first('target')), rows: [] }
  }
  const rows = await loadRows(engine, asJobId(job))
  const found = (await engine.call('job.list', {})).find(({ id }) => id === job)
  if (found === undefined) throw new MailferryError('job.notFound', { name: job, known: [] })
  const { id, name, settings } = found
  return { draft: jobDraftOf(found, timeZone), rows, existing: { id, name, settings } }
}

function show(app: PanelApp, opening: JobOpening, restored?: vscode.WebviewPanel): void {
  const { l10n } = app.wording
  const key = keyOf(opening.existing?.id)
  const wizard = createJobWizard(
    {
      engine: app.engine,
      wording: app.wording,
      connections: () => app.mirror.connections,
      jobs: () => app.mirror.jobs,
      desk: createDesk(app, () => panel.dispose()),
      stepsFor: error => stepsFor(app, error),
      takeStep: step => void takeStep(app, step),
      show: state => panel.show(state),
    },
    opening,
  )
  const { title } = wizard.state
  const panel = openPanel(app.host, {
    kind: jobWizard,
    title,
    state: wizard.state,
    onMessage: message => void wizard.receive(message),
    memory: ({ draft }) => ({
      ...(wizard.job === undefined ? {} : { job: wizard.job.id }),
      draft,
      rows: rowChangesOf(wizard.savedRows, wizard.rows),
    }),
    ...(restored === undefined ? {} : { restored }),
  })
  app.open.add(key, panel)
  panel.onDidDispose(() => {
    const { unsaved, draft, rows, job, savedRows } = wizard
    wizard.end()
    if (unsaved) void offerToKeepEditing()

    async function offerToKeepEditing(): Promise<void> {
      const keep = l10n.t('Keep editing')
      const text = l10n.t('“{0}” was closed with something unsaved.', title)
      if ((await vscode.window.showWarningMessage(text, keep)) !== keep || app.open.reveal(key)) return
      show(app, { draft, initial: wizard.initial, rows, initialRows: savedRows, ...(job === undefined ? {} : { existing: job }) })
    }
  })
}
