import type { ConnectionNode, Node } from '../views/rows/node.ts'
import { inConnectionsTitle, onConnections } from './rows.ts'
import type { Command, CommandSpec } from './spec.ts'

/** From a row, with everything that is selected; from elsewhere, with nothing, and then the command asks. */
const onSome = (spec: CommandSpec): Command<[picked?: ConnectionNode | 'selection', selected?: readonly Node[]]> => spec
const onNothing = (spec: CommandSpec): Command<[]> => spec

export const connectionCommands = {
  newSourceConnection: onNothing({
    icon: 'add',
    needs: ['mailferry.ready'],
    rows: [onConnections(['sources'], { group: 'inline@1' }), onConnections(['sources'], { group: '1_new@1' })],
    titles: [inConnectionsTitle('1_new@1')],
  }),
  newTargetConnection: onNothing({
    icon: 'add',
    needs: ['mailferry.ready'],
    rows: [onConnections(['targets'], { group: 'inline@1' }), onConnections(['targets'], { group: '1_new@1' })],
    titles: [inConnectionsTitle('1_new@2')],
  }),
  testConnection: onSome({
    icon: 'beaker',
    needs: ['mailferry.hasConnections'],
    rows: [onConnections(['connection'], { group: 'inline@3' }), onConnections(['connection'], { group: '1_check@1' })],
  }),
  testAllConnections: onNothing({ icon: 'run-all', needs: ['mailferry.hasConnections'], titles: [inConnectionsTitle('navigation@2')] }),
  preflightConnection: onSome({
    icon: 'mail',
    needs: ['mailferry.hasConnections'],
    rows: [onConnections(['connection'], { group: '1_check@2', single: true })],
  }),
  listMailboxes: onSome({
    icon: 'list-flat',
    needs: ['mailferry.hasConnections'],
    rows: [onConnections(['connection'], { group: '1_check@4', single: true })],
  }),
  checkConnection: onSome({
    icon: 'pulse',
    needs: ['mailferry.hasReconfigurable'],
    rows: [onConnections(['connection', 'reconfigurable'], { group: '1_check@3' })],
  }),
  reconfigureConnection: onSome({
    icon: 'arrow-swap',
    needs: ['mailferry.hasReconfigurable'],
    rows: [
      onConnections(['connection', 'stale'], { group: 'inline@1' }),
      onConnections(['connection', 'reconfigurable'], { group: '2_change@1', single: true }),
    ],
  }),
  enterCredentials: onSome({
    icon: 'key',
    needs: ['mailferry.hasConnections'],
    rows: [
      onConnections(['connection', 'credentialsNeeded'], { group: 'inline@1' }),
      onConnections(['connection'], { group: '2_change@2', single: true }),
    ],
  }),
  renewCertificate: onSome({
    icon: 'refresh',
    needs: ['mailferry.hasRenewable'],
    rows: [onConnections(['connection', 'renewable'], { group: '2_change@4', single: true })],
  }),
  trustCertificate: onSome({
    icon: 'shield',
    needs: ['mailferry.hasConnections'],
    rows: [onConnections(['connection'], { group: '2_change@3', single: true })],
  }),
  editConnection: onSome({
    icon: 'edit',
    needs: ['mailferry.hasConnections'],
    rows: [onConnections(['connection'], { group: 'inline@2' }), onConnections(['connection'], { group: '3_edit@1', single: true })],
  }),
  renameConnection: onSome({
    needs: ['mailferry.hasConnections'],
    rows: [onConnections(['connection'], { group: '3_edit@2', single: true })],
    keys: { key: 'F2', when: 'focusedView == mailferry.connections && listFocus && !inputFocus' },
  }),
  duplicateConnection: onSome({
    icon: 'files',
    needs: ['mailferry.hasConnections'],
    rows: [onConnections(['connection'], { group: '3_edit@3', single: true })],
  }),
  copyConnectionAsCommandLine: onSome({
    icon: 'terminal',
    needs: ['mailferry.hasConnections'],
    rows: [onConnections(['connection'], { group: '3_edit@4', single: true })],
  }),
  deleteConnection: onSome({
    icon: 'trash',
    needs: ['mailferry.hasConnections'],
    rows: [onConnections(['connection'], { group: '4_delete@1' })],
  }),
  exportConnections: onNothing({ icon: 'export', needs: ['mailferry.hasConnections'], titles: [inConnectionsTitle('3_files@1')] }),
  importConnections: onNothing({ icon: 'cloud-download', needs: ['mailferry.ready'], titles: [inConnectionsTitle('3_files@2')] }),
  declareDomainChange: onNothing({ icon: 'globe', needs: ['mailferry.hasReconfigurable'], titles: [inConnectionsTitle('2_domain@1')] }),
  takeBackDomainChange: onNothing({ icon: 'discard', needs: ['mailferry.hasStale'], titles: [inConnectionsTitle('2_domain@3')] }),
  openCutoverChecklist: onNothing({ icon: 'checklist', needs: ['mailferry.ready'], titles: [inConnectionsTitle('2_domain@2')] }),
  showStaleConnections: onNothing({ icon: 'warning', needs: ['mailferry.hasStale'] }),
}
