import { DataTransferItem, type TreeDragAndDropController } from 'vscode'
import type { JobId, PairId } from '../domain/ids.ts'
import type { JobsTreeNode } from './jobsTree.ts'
import type { PairNode } from './rows/node.ts'

/** Moves pairs of a job before another one in the order they are worked on. */
export type MovePairs = (job: JobId, pairs: readonly PairId[], before: PairId) => Promise<void>

const mimeType = 'application/vnd.code.tree.mailferry.jobs'

/** Lets pairs be dragged within their job. */
export const createDragPairs = (move: MovePairs): TreeDragAndDropController<JobsTreeNode> => ({
  dragMimeTypes: [mimeType],
  dropMimeTypes: [mimeType],
  handleDrag(nodes, data) {
    const pairs = nodes.filter(node => node.type === 'pair')
    if (pairs.length > 0) data.set(mimeType, new DataTransferItem(pairs))
  },
  async handleDrop(onto, data) {
    // What this very controller put there; it never leaves the window's extension host.
    const pairs = (data.get(mimeType)?.value ?? []) as readonly PairNode[]
    if (onto?.type !== 'pair') return
    const moved = pairs.filter(({ job, pair }) => job === onto.job && pair !== onto.pair).map(({ pair }) => pair)
    if (moved.length > 0) await move(onto.job, moved, onto.pair)
  },
})
