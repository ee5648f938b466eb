import assert from 'node:assert/strict'
import { verbs } from '../../src/cli/verbs.ts'
import { type CommandId, commandTable } from '../../src/commands/commandTable.ts'

interface Counterpart {
  /** The commands that do it in the editor; or why none does. */
  readonly commands: readonly CommandId[] | string
  /** How the editor has each option of the verb. */
  readonly options?: Readonly<Record<string, string>>
}

const file = 'a save dialog, or a document that can be saved'
const selection = 'the selected mailboxes'
const mode = 'a question'

const registering = ['role', 'tenant', 'cloud', 'full-fidelity', 'client-id', 'login', 'graph', 'ca-file']

/** What the command line can do, and how the editor does it. */
const inEditor: Readonly<Record<string, Counterpart>> = {
  apply: { commands: ['applyPlan', 'importConnections'], options: { check: 'the question before it is applied' } },
  'connection list': { commands: 'the tree Connections' },
  'connection show': { commands: 'the row’s tooltip' },
  'connection test': {
    commands: ['testConnection', 'testAllConnections', 'trustCertificate'],
    options: { mailbox: 'a question where it is needed', trust: 'the command Trust Certificate' },
  },
  'connection check': { commands: ['checkConnection'], options: { all: 'a choice of several' } },
  'connection mailboxes': { commands: ['listMailboxes'], options: { find: 'the job wizard, and search in the document' } },
  'connection pre-flight': { commands: ['preflightConnection'] },
  'connection secret': { commands: ['enterCredentials'], options: { fd: 'nobody has descriptors there' } },
  'connection reconfigure': {
    commands: ['reconfigureConnection'],
    options: {
      autodiscover: 'a field',
      at: 'a field',
      host: 'a field',
      url: 'a field',
      admin: 'a field',
      secret: 'a field',
      'secret-file': 'the editor keeps its own secrets',
      'secret-fd': 'the editor keeps its own secrets',
      responsible: 'a field',
      anyway: mode,
      'stop-jobs': mode,
      check: 'the review step',
    },
  },
  'connection sign-in': {
    commands: 'the connection wizard’s Admin account signs in',
    options: { out: 'the editor keeps its own secrets' },
  },
  'connection rename': { commands: ['renameConnection'] },
  'connection duplicate': { commands: ['duplicateConnection'] },
  'connection delete': { commands: ['deleteConnection'] },
  'domain declare': { commands: ['declareDomainChange', 'takeBackDomainChange'], options: { undo: 'the command Take Back' } },
  'domain status': { commands: ['showStaleConnections'] },
  'cutover tick': {
    commands: ['openCutoverChecklist'],
    options: { undo: 'the tick box', note: 'the button beside a tick' },
  },
  cutover: {
    commands: ['openCutoverChecklist'],
    options: { job: 'every job of the domain', live: 'a button', all: 'every step says what to do' },
  },
  'job list': { commands: 'the tree Jobs' },
  'job status': { commands: ['showProblem'], options: { pair: 'the row below a mailbox' } },
  'job match': {
    commands: ['matchMailboxes'],
    options: { by: mode, csv: mode, 'source-list': mode, 'target-list': mode, add: mode },
  },
  'job dry-run': { commands: ['dryRunJob'], options: { pair: selection } },
  'job start': {
    commands: ['startJob', 'restartJob'],
    options: { pair: selection, 'allow-deletions': 'the command Allow Deletions', lease: 'what the engine has' },
  },
  'job delta': {
    commands: ['runDelta', 'allowDeletions'],
    options: { pair: selection, 'allow-deletions': 'the command Allow Deletions', lease: 'what the engine has' },
  },
  'job stop': { commands: ['stopJob'] },
  'job verify': { commands: ['verifyJob', 'verifyJobBytes'], options: { bytes: 'the command Verify Every Byte', pair: selection } },
  'job report': { commands: ['reportJob'], options: { format: file, out: file } },
  'job refresh-addresses': {
    commands: ['refreshAddresses'],
    options: { mailbox: selection, csv: mode, report: 'a button, and a save dialog' },
  },
  'job x500': { commands: ['showX500Script'], options: { out: file, 'source-list': 'a button', mailbox: selection } },
  'job scripts': { commands: ['showAccessScript'], options: { out: file, mailbox: selection } },
  'job reset': { commands: ['resetJob'], options: { mode, pair: selection } },
  'job accept-replacement': { commands: ['acceptReplacement'], options: { pair: selection } },
  'job rename': { commands: ['renameJob'] },
  'job delete': { commands: ['deleteJob'] },
  imceaex: { commands: ['decodeImceaex'] },
  'office365 certificate': { commands: 'the connection wizard’s Admin account leads to it', options: { days: '', name: '' } },
  'office365 register': {
    commands: 'the connection wizard’s Admin account registers',
    options: Object.fromEntries(registering.map(name => [name, 'a field, or what the wizard knows already'])),
  },
  'office365 register-script': {
    commands: 'the connection wizard’s Admin account leads to it',
    options: { role: '', certificate: '', mailboxes: '', cloud: '', out: '', 'client-id': 'the command Enter Credentials makes a new one' },
  },
  'office365 renew': { commands: ['renewCertificate'], options: { 'object-id': 'a question where it is needed' } },
  export: { commands: ['exportPlan', 'exportConnections'], options: { out: file } },
  journal: { commands: ['showJournal'], options: { last: 'a thousand', of: 'the command on a row' } },
  sandbox: {
    commands: ['startSandbox', 'stopSandbox'],
    options: Object.fromEntries(
      ['dir', 'people', 'messages', 'seed', 'real-sizes', 'office365', 'throttled'].map(name => [
        name,
        'as unless said; its terminal takes another',
      ]),
    ),
  },
}

/** What only the editor has commands for, and how it is done without. */
const onlyInEditor: Partial<Record<CommandId, string>> = {
  newSourceConnection: 'apply a plan',
  newTargetConnection: 'apply a plan',
  editConnection: 'apply a plan',
  copyConnectionAsCommandLine: 'makes a command line',
  newJob: 'apply a plan',
  editJob: 'apply a plan',
  setPriority: 'a pair’s priority in a plan',
  movePairsUp: 'a pair’s priority in a plan',
  movePairsDown: 'a pair’s priority in a plan',
  showJobs: 'moves the focus',
  showJob: 'moves the focus',
  showMorePairs: 'there is no part of a list to be shown',
  openDashboard: 'job list and connection list',
  openWalkthrough: 'the README',
  showLog: 'what it says comes on standard error',
  restartEngine: 'the command line is its own engine',
  refreshViews: 'every command reads anew',
  filterConnections: 'grep',
  clearConnectionFilter: 'grep',
  filterJobs: 'grep',
  clearJobFilter: 'grep',
}

describe('the editor and the command line', () => {
  it('can do the same: every verb has its commands, or a reason to have none', () => {
    assert.deepEqual(verbs.map(({ words }) => words).sort(), Object.keys(inEditor).sort())
    for (const { commands } of Object.values(inEditor)) {
      if (typeof commands === 'string') continue
      assert.ok(commands.length > 0)
      for (const id of commands) assert.ok(Object.hasOwn(commandTable, id), id)
    }
  })

  it('every option too', () => {
    for (const { words, options } of verbs)
      assert.deepEqual(Object.keys(options).sort(), Object.keys(inEditor[words]?.options ?? {}).sort(), words)
  })

  it('and the other way round: every command has its verb, or a reason to have none', () => {
    const paired = new Set(Object.values(inEditor).flatMap(({ commands }) => (typeof commands === 'string' ? [] : commands)))
    const told = [...paired, ...Object.keys(onlyInEditor)]
    assert.deepEqual(told.toSorted(), Object.keys(commandTable).sort())
  })
})
