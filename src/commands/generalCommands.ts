import type { Uri } from 'vscode'
import type { ConnectionNode, JobNode } from '../views/rows/node.ts'
import { inConnectionsTitle, inJobsTitle, onConnections, onJobs } from './rows.ts'
import type { Command, CommandSpec } from './spec.ts'

const onNothing = (spec: CommandSpec): Command<[]> => spec

export const generalCommands = {
  openDashboard: onNothing({ icon: 'dashboard', needs: ['mailferry.ready'], titles: [inJobsTitle('navigation@3')] }),
  openWalkthrough: onNothing({ icon: 'book' }),
  startSandbox: onNothing({ icon: 'rocket', titles: [inConnectionsTitle('4_sandbox@1', '!mailferry.sandboxRuns')] }),
  stopSandbox: onNothing({
    icon: 'stop-circle',
    needs: ['mailferry.sandboxRuns'],
    titles: [inConnectionsTitle('4_sandbox@1', 'mailferry.sandboxRuns')],
  }),
  applyPlan: ((spec: CommandSpec): Command<[file?: Uri]> => spec)({
    icon: 'check-all',
    needs: ['mailferry.ready'],
    files: 'resourceFilename =~ /\\.mailferry\\.json$/ && isWorkspaceTrusted',
  }),
  exportPlan: onNothing({ icon: 'export', needs: ['mailferry.hasConnections'], titles: [inJobsTitle('3_files@3')] }),
  showJournal: ((spec: CommandSpec): Command<[picked?: ConnectionNode | JobNode]> => spec)({
    icon: 'history',
    needs: ['mailferry.ready'],
    titles: [inConnectionsTitle('3_files@3'), inJobsTitle('3_files@1')],
    rows: [onConnections(['connection'], { group: '3_edit@5', single: true }), onJobs(['job'], { group: '2_look@4', single: true })],
  }),
  decodeImceaex: onNothing({ icon: 'mail' }),
  showLog: onNothing({ icon: 'output', titles: [inJobsTitle('3_files@2')] }),
  restartEngine: onNothing({ icon: 'refresh', needs: ['mailferry.failed'] }),
  refreshViews: onNothing({
    icon: 'refresh',
    needs: ['mailferry.ready'],
    titles: [inConnectionsTitle('navigation@4'), inJobsTitle('navigation@4')],
  }),
  filterConnections: onNothing({
    icon: 'filter',
    needs: ['mailferry.hasConnections'],
    titles: [inConnectionsTitle('navigation@3', '!mailferry.connectionsFiltered')],
  }),
  clearConnectionFilter: onNothing({
    icon: 'filter-filled',
    needs: ['mailferry.connectionsFiltered'],
    titles: [inConnectionsTitle('navigation@3', 'mailferry.connectionsFiltered')],
  }),
  filterJobs: onNothing({ icon: 'filter', needs: ['mailferry.hasJobs'], titles: [inJobsTitle('navigation@2', '!mailferry.jobsFiltered')] }),
  clearJobFilter: onNothing({
    icon: 'filter-filled',
    needs: ['mailferry.jobsFiltered'],
    titles: [inJobsTitle('navigation@2', 'mailferry.jobsFiltered')],
  }),
}
