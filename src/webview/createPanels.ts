import { type Uri, type WebviewPanel, window } from 'vscode'
import type { App } from '../commands/app.ts'
import type { Panels } from '../commands/panels.ts'
import type { Speeds } from '../views/speeds.ts'
import { createOpenPanels } from './openPanels.ts'
import type { PanelApp } from './panelApp.ts'
import { viewTypes } from './viewTypes.ts'

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
  const restoring = (viewType: string, restore: (view: WebviewPanel, memory: unknown) => Promise<void>): void => {
    const serializer = { deserializeWebviewPanel: async (view: WebviewPanel, memory: unknown) => restore(view, memory) }
    owned.adopt(window.registerWebviewPanelSerializer(viewType, serializer), one => one.dispose())
  }
  restoring(viewTypes.connectionWizard, async (view, memory) => (await panels.connection()).restoreConnectionWizard(panelApp, view, memory))
  restoring(viewTypes.jobWizard, async (view, memory) => (await panels.job()).restoreJobWizard(panelApp, view, memory))
  restoring(viewTypes.dashboard, async view => (await panels.dashboard()).openDashboard(panelApp, view))
  restoring(viewTypes.cutoverChecklist, async (view, memory) => (await panels.cutover()).openCutoverChecklist(panelApp, view, memory))
  return {
    openConnectionWizard: async mode => (await panels.connection()).openConnectionWizard(panelApp, mode),
    openJobWizard: async mode => (await panels.job()).openJobWizard(panelApp, mode),
    openDashboard: async () => (await panels.dashboard()).openDashboard(panelApp),
    openCutoverChecklist: async () => (await panels.cutover()).openCutoverChecklist(panelApp),
    [Symbol.dispose]: () => owned.dispose(),
  }
}

/** Each is loaded when it is opened first: activation is to take no time. */
const panels = {
  connection: () => import('./connectionWizard.ts'),
  job: () => import('./jobWizard.ts'),
  dashboard: () => import('./dashboard.ts'),
  cutover: () => import('./cutoverChecklist.ts'),
}
