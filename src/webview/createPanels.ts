import { type Uri, type WebviewPanel, window } from 'vscode'
import type { App } from '../commands/app.ts'
import type { Panels } from '../commands/panels.ts'
import type { Speeds } from '../views/speeds.ts'
import { connectionWizard } from './connection/messages.ts'
import { openConnectionWizard, restoreConnectionWizard } from './connectionWizard.ts'
import { cutoverChecklist } from './cutover/messages.ts'
import { openCutoverChecklist } from './cutoverChecklist.ts'
import { dashboard } from './dashboard/messages.ts'
import { openDashboard } from './dashboard.ts'
import { jobWizard } from './job/messages.ts'
import { openJobWizard, restoreJobWizard } from './jobWizard.ts'
import { createOpenPanels } from './openPanels.ts'
import type { PanelApp } from './panelApp.ts'

export interface PanelsWith {
  /** Where the extension is installed. */
  readonly extensionUri: Uri
  readonly log: { warn(message: string): void }
  readonly speeds: Speeds
}

/** The panels that commands open, and those that the workbench brings back after the window was reloaded. */
export function createPanels(app: App, { extensionUri, log, speeds }: PanelsWith): Panels & Disposable {
  const owned = new DisposableStack()
  const open = createOpenPanels()
  const panelApp: PanelApp = { ...app, host: { extensionUri, log }, open, speeds }
  const restoring = (viewType: string, restore: (view: WebviewPanel, memory: unknown) => Promise<void> | void): void => {
    const serializer = { deserializeWebviewPanel: async (view: WebviewPanel, memory: unknown) => restore(view, memory) }
    owned.adopt(window.registerWebviewPanelSerializer(viewType, serializer), one => one.dispose())
  }
  restoring(connectionWizard.viewType, (view, memory) => restoreConnectionWizard(panelApp, view, memory))
  restoring(jobWizard.viewType, (view, memory) => restoreJobWizard(panelApp, view, memory))
  restoring(dashboard.viewType, view => openDashboard(panelApp, view))
  restoring(cutoverChecklist.viewType, (view, memory) => openCutoverChecklist(panelApp, view, memory))
  return {
    openConnectionWizard: mode => openConnectionWizard(panelApp, mode),
    openJobWizard: mode => openJobWizard(panelApp, mode),
    openDashboard: async () => openDashboard(panelApp),
    openCutoverChecklist: () => openCutoverChecklist(panelApp),
    [Symbol.dispose]: () => owned.dispose(),
  }
}
