import type { CommandId } from './commandTable.ts'
import { editConnection } from './editConnection.ts'
import { editJob } from './editJob.ts'
import type { Panels } from './panels.ts'
import { reconfigureConnection } from './reconfigureConnection.ts'
import type { CommandHandlers } from './register.ts'

/** The commands that open a panel. */
export type PanelCommand = Extract<
  CommandId,
  | 'newSourceConnection'
  | 'newTargetConnection'
  | 'editConnection'
  | 'reconfigureConnection'
  | 'newJob'
  | 'editJob'
  | 'openDashboard'
  | 'openCutoverChecklist'
>

export const panelHandlers = (panels: Panels): CommandHandlers<PanelCommand> => ({
  newSourceConnection: () => panels.openConnectionWizard({ mode: 'new', role: 'source' }),
  newTargetConnection: () => panels.openConnectionWizard({ mode: 'new', role: 'target' }),
  editConnection: (app, picked) => editConnection(app, panels, picked),
  reconfigureConnection: (app, picked) => reconfigureConnection(app, panels, picked),
  newJob: () => panels.openJobWizard({ mode: 'new' }),
  editJob: (app, picked) => editJob(app, panels, picked),
  openDashboard: () => panels.openDashboard(),
  openCutoverChecklist: () => panels.openCutoverChecklist(),
})
