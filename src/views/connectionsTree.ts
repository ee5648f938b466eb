import { EventEmitter, type TreeDataProvider, type Uri } from 'vscode'
import type { Role } from '../domain/connection.ts'
import type { ConnectionSummary } from '../rpc/results.ts'
import { matches } from './filter.ts'
import type { Mirror, MirrorChange } from './mirror.ts'
import { connectionRow } from './rows/connectionRow.ts'
import { adminText, kindText, serverText } from './rows/connectionText.ts'
import { useRow } from './rows/jobRow.ts'
import { type ConnectionNode, createNodes, type RoleNode, type TroubleNode, type UseNode } from './rows/node.ts'
import { roleRow } from './rows/roleRow.ts'
import type { Row } from './rows/row.ts'
import { treeItem, withTooltip } from './treeItem.ts'
import { troubleRow, waysOut } from './trouble.ts'
import type { Wording } from './wording.ts'

export type ConnectionsTreeNode = RoleNode | ConnectionNode | UseNode | TroubleNode

export interface ConnectionsTree extends TreeDataProvider<ConnectionsTreeNode> {
  /** Only connections with these words; all of them with nothing. */
  filter(text: string): void
  node(connection: ConnectionSummary): ConnectionNode
}

const roles: readonly Role[] = ['source', 'target']

/** Source and target servers → connections → the jobs that use each. */
export function createConnectionsTree(mirror: Mirror, wording: Wording, extension: Uri): ConnectionsTree & Disposable {
  const changed = new EventEmitter<ConnectionsTreeNode[] | undefined>()
  const intern = createNodes()
  let words = ''

  const roleNode = (role: Role): RoleNode => intern({ type: 'role', role })
  const node = ({ id }: Pick<ConnectionSummary, 'id'>): ConnectionNode => intern({ type: 'connection', connection: id })
  const shown = (role: Role): ConnectionSummary[] =>
    mirror.connections.filter(connection => connection.role === role && matches(words, textsOf(wording, connection)))

  const listening = mirror.onDidChange(({ all, connections, jobs }: MirrorChange) => {
    if (all) return changed.fire(undefined)
    const users = new Set(mirror.jobs.filter(({ id }) => jobs.includes(id)).map(({ name }) => name))
    const nodes: ConnectionsTreeNode[] = mirror.connections
      .filter(({ id, usedBy }) => connections.includes(id) || usedBy.some(name => users.has(name)))
      .map(node)
    if (nodes.length > 0) changed.fire(connections.length > 0 ? [...roles.map(roleNode), ...nodes] : nodes)
  })

  const rowOf = (of: ConnectionsTreeNode): Row | undefined => {
    switch (of.type) {
      case 'role':
        return roleRow(wording, of.role, shown(of.role))
      case 'connection': {
        const connection = mirror.connection(of.connection)
        return connection && connectionRow(wording, connection)
      }
      case 'use': {
        const job = mirror.job(of.job)
        return job && useRow(wording, job)
      }
      case 'trouble':
        return troubleRow(wording, of)
    }
  }

  return {
    onDidChangeTreeData: changed.event,
    getTreeItem: of => treeItem(of, rowOf(of) ?? gone, extension),
    resolveTreeItem: (item, of) => withTooltip(item, rowOf(of) ?? gone),
    getChildren(of) {
      if (of === undefined) {
        if (mirror.state.state === 'failed') return waysOut.map(intern)
        return mirror.connections.length === 0 ? [] : roles.map(roleNode)
      }
      if (of.type === 'role') return shown(of.role).map(node)
      return of.type === 'connection' ? usesOf(of, mirror).map(intern) : []
    },
    getParent(of) {
      const connection = of.type === 'connection' ? mirror.connection(of.connection) : undefined
      if (connection !== undefined) return roleNode(connection.role)
      return of.type === 'use' ? node({ id: of.connection }) : undefined
    },
    filter(text) {
      words = text
      changed.fire(undefined)
    },
    node,
    [Symbol.dispose]() {
      listening.dispose()
      changed.dispose()
    },
  }
}

const textsOf = (wording: Wording, { name, settings }: ConnectionSummary): string[] => [
  name,
  kindText(wording, settings.kind),
  serverText(wording, settings),
  adminText(wording, settings),
]

function usesOf({ connection: id }: ConnectionNode, mirror: Mirror): UseNode[] {
  const names = new Set(mirror.connection(id)?.usedBy)
  return mirror.jobs.filter(({ name }) => names.has(name)).map(({ id: job }) => ({ type: 'use', connection: id, job }))
}

/** Between its removal and the next drawing, VS Code may still ask for a row. */
export const gone: Row = { label: '', tokens: [], children: 'none', spoken: '' }
