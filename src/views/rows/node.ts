import type { Role } from '../../domain/connection.ts'
import type { ConnectionId, JobId, PairId } from '../../domain/ids.ts'

/** What a row stands for. Holds ids only: what is known of the thing is looked up when the row is drawn. */
export type Node = RoleNode | ConnectionNode | UseNode | JobNode | PairNode | ProblemNode | MoreNode | TroubleNode

/** *Source servers* or *Target servers*. */
export interface RoleNode {
  readonly type: 'role'
  readonly role: Role
}

export interface ConnectionNode {
  readonly type: 'connection'
  readonly connection: ConnectionId
}

/** A job under a connection that it uses. */
export interface UseNode {
  readonly type: 'use'
  readonly connection: ConnectionId
  readonly job: JobId
}

export interface JobNode {
  readonly type: 'job'
  readonly job: JobId
}

export interface PairNode {
  readonly type: 'pair'
  readonly job: JobId
  readonly pair: PairId
}

/** What is wrong with a pair, below it. */
export interface ProblemNode {
  readonly type: 'problem'
  readonly job: JobId
  readonly pair: PairId
}

/** Stands for the pairs of a job that aren't read yet. */
export interface MoreNode {
  readonly type: 'more'
  readonly job: JobId
}

/** A way out, shown while there is no engine. */
export interface TroubleNode {
  readonly type: 'trouble'
  readonly offer: 'showLog' | 'restartEngine'
}

/** The same for the same thing for ever, so that VS Code keeps what is expanded and selected. */
export function nodeId(node: Node): string {
  switch (node.type) {
    case 'role':
      return node.role
    case 'connection':
      return node.connection
    case 'use':
      return `${node.connection}/${node.job}`
    case 'job':
      return node.job
    case 'pair':
      return node.pair
    case 'problem':
      return `${node.pair}/problem`
    case 'more':
      return `${node.job}/more`
    case 'trouble':
      return node.offer
  }
}

/** VS Code recognises an element by its object: this gives the same one for the same thing. */
export function createNodes(): <Of extends Node>(node: Of) => Of {
  const known = new Map<string, Node>()
  return <Of extends Node>(node: Of) => {
    const key = `${node.type} ${nodeId(node)}`
    const old = known.get(key)
    // Equal keys mean equal type and ids, so the old object is of the new one's type.
    if (old !== undefined) return old as Of
    known.set(key, node)
    return node
  }
}
