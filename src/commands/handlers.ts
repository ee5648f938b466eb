import { acceptReplacement } from './acceptReplacement.ts'
import { allowDeletions } from './allowDeletions.ts'
import { applyPlan } from './applyPlan.ts'
import { checkConnection } from './checkConnection.ts'
import { clearConnectionFilter } from './clearConnectionFilter.ts'
import { clearJobFilter } from './clearJobFilter.ts'
import type { CommandId } from './commandTable.ts'
import { copyConnectionAsCommandLine } from './copyConnectionAsCommandLine.ts'
import { declareDomainChange } from './declareDomainChange.ts'
import { decodeImceaex } from './decodeImceaex.ts'
import { deleteConnection } from './deleteConnection.ts'
import { deleteJob } from './deleteJob.ts'
import { dryRunJob } from './dryRunJob.ts'
import { duplicateConnection } from './duplicateConnection.ts'
import { enterCredentials } from './enterCredentials.ts'
import { exportConnections } from './exportConnections.ts'
import { exportPlan } from './exportPlan.ts'
import { filterConnections } from './filterConnections.ts'
import { filterJobs } from './filterJobs.ts'
import { importConnections } from './importConnections.ts'
import { listMailboxes } from './listMailboxes.ts'
import { matchMailboxes } from './matchMailboxes.ts'
import { movePairsDown } from './movePairsDown.ts'
import { movePairsUp } from './movePairsUp.ts'
import { openWalkthrough } from './openWalkthrough.ts'
import type { PanelCommand } from './panelHandlers.ts'
import { preflightConnection } from './preflightConnection.ts'
import { refreshAddresses } from './refreshAddresses.ts'
import { refreshViews } from './refreshViews.ts'
import type { CommandHandlers } from './register.ts'
import { renameConnection } from './renameConnection.ts'
import { renameJob } from './renameJob.ts'
import { renewCertificate } from './renewCertificate.ts'
import { reportJob } from './reportJob.ts'
import { resetJob } from './resetJob.ts'
import { restartEngine } from './restartEngine.ts'
import { restartJob } from './restartJob.ts'
import { runDelta } from './runDelta.ts'
import { setPriority } from './setPriority.ts'
import { showAccessScript } from './showAccessScript.ts'
import { showJob } from './showJob.ts'
import { showJobs } from './showJobs.ts'
import { showJournal } from './showJournal.ts'
import { showLog } from './showLog.ts'
import { showMorePairs } from './showMorePairs.ts'
import { showProblem } from './showProblem.ts'
import { showStaleConnections } from './showStaleConnections.ts'
import { showX500Script } from './showX500Script.ts'
import { startJob } from './startJob.ts'
import { startSandbox } from './startSandbox.ts'
import { stopJob } from './stopJob.ts'
import { stopSandbox } from './stopSandbox.ts'
import { takeBackDomainChange } from './takeBackDomainChange.ts'
import { testAllConnections } from './testAllConnections.ts'
import { testConnection } from './testConnection.ts'
import { trustCertificate } from './trustCertificate.ts'
import { verifyJob, verifyJobBytes } from './verifyJob.ts'

/** What each command does; those that open a panel are in `panelHandlers.ts`. */
export const handlers: CommandHandlers<Exclude<CommandId, PanelCommand>> = {
  testConnection,
  testAllConnections,
  preflightConnection,
  listMailboxes,
  checkConnection,
  enterCredentials,
  trustCertificate,
  renewCertificate,
  renameConnection,
  duplicateConnection,
  copyConnectionAsCommandLine,
  deleteConnection,
  exportConnections,
  importConnections,
  declareDomainChange,
  takeBackDomainChange,
  showStaleConnections,
  startJob,
  stopJob,
  restartJob,
  runDelta,
  allowDeletions,
  acceptReplacement,
  dryRunJob,
  verifyJob,
  verifyJobBytes,
  reportJob,
  matchMailboxes,
  refreshAddresses,
  showX500Script,
  showAccessScript,
  setPriority,
  movePairsUp,
  movePairsDown,
  renameJob,
  resetJob,
  deleteJob,
  showJobs,
  showJob,
  showProblem,
  showMorePairs,
  openWalkthrough,
  startSandbox,
  stopSandbox,
  applyPlan,
  exportPlan,
  decodeImceaex,
  showJournal,
  showLog,
  restartEngine,
  refreshViews,
  filterConnections,
  clearConnectionFilter,
  filterJobs,
  clearJobFilter,
}
