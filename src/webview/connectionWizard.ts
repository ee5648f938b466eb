import * as vscode from 'vscode'
import { z } from 'zod'
import type { ConnectionWizardMode } from '../commands/panels.ts'
import { stepsFor } from '../commands/support/stepsFor.ts'
import { takeStep } from '../commands/support/takeStep.ts'
import { asConnectionId } from '../domain/ids.ts'
import { createConnectionWizard, type Opening } from './connection/createConnectionWizard.ts'
import { connectionDraft, draftOf, emptyDraft } from './connection/draft.ts'
import { connectionWizard } from './connection/messages.ts'
import { existingOf } from './connection/model.ts'
import { createDesk } from './createDesk.ts'
import { createTenantDesk } from './createTenantDesk.ts'
import { openPanel } from './panel.ts'
import type { PanelApp } from './panelApp.ts'

/** What the workbench keeps for a reload of the window: what was typed, never the secret. */
const remembered = z.strictObject({
  mode: z.enum(['new', 'edit', 'reconfigure']),
  connection: z.string().optional(),
  draft: connectionDraft,
})
export type RememberedConnection = z.infer<typeof remembered>

/** Opens the wizard, or shows the one that is open for the same. Throws `connection.notFound`. */
export async function openConnectionWizard(app: PanelApp, mode: ConnectionWizardMode): Promise<void> {
  const key = mode.mode === 'new' ? `connection new ${mode.role}` : `connection ${mode.mode} ${mode.connection}`
  if (app.open.reveal(key)) return
  show(app, await openingOf(app, mode))
}

/** The wizard as it was before the window was reloaded; nothing where its connection is gone. */
export async function restoreConnectionWizard(app: PanelApp, view: vscode.WebviewPanel, memory: unknown): Promise<void> {
  const checked = remembered.safeParse(memory)
  const opening = checked.success ? await rememberedOpening(app, checked.data).catch(() => undefined) : undefined
  if (opening === undefined) view.dispose()
  else show(app, opening, view)
}

async function openingOf(app: PanelApp, mode: ConnectionWizardMode): Promise<Opening> {
  if (mode.mode === 'new') return { mode: 'new', draft: emptyDraft(mode.role) }
  const connection = await app.engine.call('connection.show', { name: mode.connection })
  return { mode: mode.mode, draft: draftOf(connection), existing: existingOf(connection) }
}

async function rememberedOpening(app: PanelApp, { mode, connection, draft }: RememberedConnection): Promise<Opening> {
  const opening = await openingOf(app, mode === 'new' ? { mode, role: draft.role } : { mode, connection: asConnectionId(connection ?? '') })
  return { ...opening, initial: opening.draft, draft }
}

function show(app: PanelApp, opening: Opening, restored?: vscode.WebviewPanel): void {
  const { l10n } = app.wording
  const { mode, existing } = opening
  const key = mode === 'new' ? `connection new ${opening.draft.role}` : `connection ${mode} ${existing?.id}`
  const wizard = createConnectionWizard(
    {
      engine: app.engine,
      secrets: app.secrets,
      wording: app.wording,
      connections: () => app.mirror.connections,
      desk: createDesk(app, () => panel.dispose()),
      tenantDesk: createTenantDesk(),
      stepsFor: error => stepsFor(app, error),
      takeStep: step => void takeStep(app, step),
      show: state => panel.show(state),
    },
    opening,
  )
  const panel = openPanel(app.host, {
    kind: connectionWizard,
    title: wizard.state.title,
    state: wizard.state,
    onMessage: message => void wizard.receive(message),
    memory: ({ draft }) => ({ mode, ...(existing === undefined ? {} : { connection: existing.id }), draft }),
    ...(restored === undefined ? {} : { restored }),
  })
  app.open.add(key, panel)
  const { title } = wizard.state
  panel.onDidDispose(() => {
    const { unsaved, draft } = wizard
    wizard.end()
    if (unsaved) void offerToKeepEditing().catch(thrown => app.log.error(String(thrown)))

    async function offerToKeepEditing(): Promise<void> {
      const keep = l10n.t('Keep editing')
      const text = l10n.t('“{0}” was closed with something unsaved. The secret, if you gave one, is gone.', title)
      if ((await vscode.window.showWarningMessage(text, keep)) !== keep) return wizard.discard()
      if (app.open.reveal(key)) return
      show(app, { ...opening, draft, initial: opening.initial ?? opening.draft })
    }
  })
}
