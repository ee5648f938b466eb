import { EventEmitter, type TreeDataProvider, type Uri } from 'vscode'
import type { JobId, PairId } from '../domain/ids.ts'
import { gone } from './connectionsTree.ts'
import type { Mirror, MirrorChange } from './mirror.ts'
import { jobRow } from './rows/jobRow.ts'
import { createNodes, type JobNode, type MoreNode, type PairNode, type ProblemNode, type TroubleNode } from './rows/node.ts'
import { moreRow, pairRow, problemRow } from './rows/pairRow.ts'
import type { Row } from './rows/row.ts'
import type { Speeds } from './speeds.ts'
import { treeItem, withTooltip } from './treeItem.ts'
import { troubleRow, waysOut } from './trouble.ts'
import type { Wording } from './wording.ts'

/** So many changed rows of a job are told of one by one; more than that, and VS Code is faster with all of the job's. */
const mostRows = 100

export type JobsTreeNode = JobNode | PairNode | ProblemNode | MoreNode | TroubleNode

export interface JobsTree extends TreeDataProvider<JobsTreeNode> {
  node(job: JobId): JobNode
}

/** Jobs → mailbox pairs with their progress → what is wrong with each. Pairs are read when a job is opened, a page at a time. */
export function createJobsTree(mirror: Mirror, speeds: Speeds, wording: Wording, extension: Uri): JobsTree & Disposable {
  const changed = new EventEmitter<JobsTreeNode[] | undefined>()
  const intern = createNodes()
  const node = (job: JobId): JobNode => intern({ type: 'job', job })
  const pairNode = (job: JobId, pair: PairId): PairNode => intern({ type: 'pair', job, pair })

  const listening = mirror.onDidChange(({ all, jobs, pairLists, pairs }: MirrorChange) => {
    if (all) return changed.fire(undefined)
    const whole = new Set([...jobs, ...pairLists])
    const pairNodes = mirror.jobs.flatMap(({ id }): PairNode[] => {
      const moved = pairs.filter(pair => mirror.pair(id, pair) !== undefined)
      if (moved.length > mostRows) whole.add(id)
      return moved.length > mostRows ? [] : moved.map(pair => pairNode(id, pair))
    })
    const nodes = [...[...whole].map(node), ...pairNodes]
    if (nodes.length > 0) changed.fire(nodes)
  })

  const rowOf = (of: JobsTreeNode): Row | undefined => {
    switch (of.type) {
      case 'job': {
        const job = mirror.job(of.job)
        return job && jobRow(wording, job, speeds.ofJob(of.job))
      }
      case 'pair': {
        const pair = mirror.pair(of.job, of.pair)
        return pair && pairRow(wording, pair, speeds.ofPair(of.pair))
      }
      case 'problem': {
        const pair = mirror.pair(of.job, of.pair)
        return pair && problemRow(wording, pair)
      }
      case 'more':
        return moreRow(wording, missing(mirror, of.job))
      case 'trouble':
        return troubleRow(wording, of)
    }
  }

  return {
    onDidChangeTreeData: changed.event,
    getTreeItem: of => treeItem(of, rowOf(of) ?? gone, extension),
    resolveTreeItem: (item, of) => withTooltip(item, rowOf(of) ?? gone),
    async getChildren(of) {
      if (of === undefined) return mirror.state.state === 'failed' ? waysOut.map(intern) : mirror.jobs.map(({ id }) => node(id))
      if (of.type === 'pair') return [intern({ type: 'problem', job: of.job, pair: of.pair })]
      if (of.type !== 'job') return []
      const { pairs } = await mirror.pairs(of.job)
      const nodes = pairs.map(({ id }) => pairNode(of.job, id))
      return missing(mirror, of.job) === 0 ? nodes : [...nodes, intern({ type: 'more', job: of.job })]
    },
    getParent(of) {
      if (of.type === 'pair' || of.type === 'more') return node(of.job)
      return of.type === 'problem' ? pairNode(of.job, of.pair) : undefined
    },
    node,
    [Symbol.dispose]() {
      listening.dispose()
      changed.dispose()
    },
  }
}

function missing(mirror: Mirror, job: JobId): number {
  const list = mirror.pairList(job)
  return list === undefined ? 0 : list.total - list.pairs.length
}
