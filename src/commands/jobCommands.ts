import type { JobNode, MoreNode, Node, PairNode, ProblemNode, UseNode } from '../views/rows/node.ts'
import { inJobsTitle, onConnections, onJobs, onJobsAndPairs } from './rows.ts'
import type { Command, CommandSpec } from './spec.ts'

/** From a row, with everything that is selected; from elsewhere, with nothing, and then the command asks. */
const onJob = (spec: CommandSpec): Command<[picked?: JobNode | UseNode, selected?: readonly Node[]]> => spec
const onJobOrPairs = (spec: CommandSpec): Command<[picked?: JobNode | PairNode, selected?: readonly Node[]]> => spec
const onPairs = (spec: CommandSpec): Command<[picked?: PairNode | 'selection', selected?: readonly Node[]]> => spec
const onNothing = (spec: CommandSpec): Command<[]> => spec

export const jobCommands = {
  newJob: onNothing({ icon: 'add', needs: ['mailferry.hasSource', 'mailferry.hasTarget'], titles: [inJobsTitle('navigation@1')] }),
  startJob: onJobOrPairs({
    icon: 'play',
    needs: ['mailferry.hasStartable'],
    rows: [...onJobsAndPairs(['startable'], { group: 'inline@1' }), ...onJobsAndPairs(['startable'], { group: '1_run@1' })],
  }),
  stopJob: onJob({
    icon: 'debug-stop',
    needs: ['mailferry.jobsGoOn'],
    rows: [onJobs(['job', 'stoppable'], { group: 'inline@2' }), onJobs(['job', 'stoppable'], { group: '1_run@2' })],
  }),
  restartJob: onJob({ icon: 'debug-restart', needs: ['mailferry.hasJobs'], rows: [onJobs(['job', 'stoppable'], { group: '1_run@3' })] }),
  runDelta: onJobOrPairs({ icon: 'sync', needs: ['mailferry.hasRun'], rows: onJobsAndPairs(['startable', 'ran'], { group: '1_run@4' }) }),
  allowDeletions: onPairs({
    icon: 'check',
    needs: ['mailferry.hasWaiting'],
    rows: [onJobs(['pair', 'deletionsHeld'], { group: '1_run@5' })],
  }),
  acceptReplacement: onJobOrPairs({
    icon: 'replace',
    needs: ['mailferry.hasWaiting'],
    rows: [onJobs(['pair', 'replaced'], { group: '1_run@6' })],
  }),
  dryRunJob: onJobOrPairs({ icon: 'search', needs: ['mailferry.hasMailboxes'], rows: onJobsAndPairs([], { group: '2_look@1' }) }),
  verifyJob: onJobOrPairs({ icon: 'verified', needs: ['mailferry.hasRun'], rows: onJobsAndPairs(['ran'], { group: '2_look@2' }) }),
  verifyJobBytes: onJobOrPairs({ icon: 'verified', needs: ['mailferry.hasRun'], rows: onJobsAndPairs(['ran'], { group: '2_look@5' }) }),
  reportJob: onJob({ icon: 'output', needs: ['mailferry.hasJobs'], rows: [onJobs(['job'], { group: '2_look@3', single: true })] }),
  matchMailboxes: onJob({
    icon: 'combine',
    needs: ['mailferry.hasJobs'],
    rows: [onJobs(['job'], { group: '3_mailboxes@1', single: true })],
  }),
  refreshAddresses: onJobOrPairs({
    icon: 'refresh',
    needs: ['mailferry.hasMailboxes'],
    rows: onJobsAndPairs([], { group: '3_mailboxes@2' }),
  }),
  showX500Script: onJobOrPairs({ icon: 'mail', needs: ['mailferry.hasMailboxes'], rows: onJobsAndPairs([], { group: '3_mailboxes@6' }) }),
  showAccessScript: onJobOrPairs({ icon: 'key', needs: ['mailferry.hasMailboxes'], rows: onJobsAndPairs([], { group: '3_mailboxes@7' }) }),
  setPriority: onPairs({ needs: ['mailferry.hasMailboxes'], rows: [onJobs(['pair'], { group: '3_mailboxes@3' })] }),
  movePairsUp: onPairs({
    palette: false,
    rows: [onJobs(['pair'], { group: '3_mailboxes@4' })],
    keys: { key: 'Alt+Up', when: 'focusedView == mailferry.jobs && listFocus && !inputFocus' },
  }),
  movePairsDown: onPairs({
    palette: false,
    rows: [onJobs(['pair'], { group: '3_mailboxes@5' })],
    keys: { key: 'Alt+Down', when: 'focusedView == mailferry.jobs && listFocus && !inputFocus' },
  }),
  editJob: onJob({
    icon: 'edit',
    needs: ['mailferry.hasJobs'],
    rows: [onJobs(['job'], { group: 'inline@3' }), onJobs(['job'], { group: '4_edit@1', single: true })],
  }),
  renameJob: ((spec: CommandSpec): Command<[picked?: JobNode | UseNode | 'selection', selected?: readonly Node[]]> => spec)({
    needs: ['mailferry.hasJobs'],
    rows: [onJobs(['job'], { group: '4_edit@3', single: true })],
    keys: { key: 'F2', when: 'focusedView == mailferry.jobs && listFocus && !inputFocus' },
  }),
  resetJob: onJobOrPairs({ icon: 'discard', needs: ['mailferry.hasRun'], rows: onJobsAndPairs(['ran'], { group: '4_edit@2' }) }),
  deleteJob: onJob({ icon: 'trash', needs: ['mailferry.hasJobs'], rows: [onJobs(['job'], { group: '5_delete@1' })] }),
  showJobs: onNothing({ icon: 'list-tree' }),
  showJob: onJob({ icon: 'go-to-file', needs: ['mailferry.hasJobs'], rows: [onConnections(['use'], { group: 'inline@1' })] }),
  showProblem: ((spec: CommandSpec): Command<[picked?: ProblemNode | PairNode]> => spec)({
    needs: ['mailferry.hasMailboxes'],
    icon: 'open-preview',
    rows: [onJobs(['problem'], { group: 'inline@1' }), onJobs(['pair'], { group: '2_look@6', single: true })],
  }),
  showMorePairs: ((spec: CommandSpec): Command<[picked?: MoreNode]> => spec)({ palette: false }),
}
