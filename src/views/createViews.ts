import { type TreeView, type Uri, window } from 'vscode'
import type { JobId } from '../domain/ids.ts'
import { connectionsBadge, jobsBadge } from './attention.ts'
import { type ConnectionsTreeNode, createConnectionsTree } from './connectionsTree.ts'
import { createDragPairs, type MovePairs } from './dragPairs.ts'
import { createJobsTree, type JobsTreeNode } from './jobsTree.ts'
import type { Mirror } from './mirror.ts'
import type { PairFilter } from './pairLists.ts'
import type { Speeds } from './speeds.ts'
import { troubleMessage } from './trouble.ts'
import type { Wording } from './wording.ts'

/** The two trees, as commands use them. */
export interface Views extends Disposable {
  selectedConnections(): readonly ConnectionsTreeNode[]
  selectedJobs(): readonly JobsTreeNode[]
  showJob(job: JobId): Promise<void>
  filterConnections(text: string): void
  /** `said`: what is shown, as the view says it above its rows; nothing where everything is. */
  filterJobs(by: PairFilter, said: string): void
}

export interface ViewsOptions {
  readonly mirror: Mirror
  readonly speeds: Speeds
  readonly wording: Wording
  /** Where the extension is installed. */
  readonly extension: Uri
  readonly movePairs: MovePairs
}

export function createViews({ mirror, speeds, wording, extension, movePairs }: ViewsOptions): Views {
  const owned = new DisposableStack()
  const connectionsTree = owned.use(createConnectionsTree(mirror, wording, extension))
  const jobsTree = owned.use(createJobsTree(mirror, speeds, wording, extension))
  const options = { canSelectMany: true, showCollapseAll: true }
  const connections = owned.adopt(window.createTreeView('mailferry.connections', { ...options, treeDataProvider: connectionsTree }), view =>
    view.dispose(),
  )
  const jobs = owned.adopt(
    window.createTreeView('mailferry.jobs', { ...options, treeDataProvider: jobsTree, dragAndDropController: createDragPairs(movePairs) }),
    view => view.dispose(),
  )
  const filters = { connections: '', jobs: '' }

  const draw = (): void => {
    const trouble = troubleMessage(wording, mirror.state)
    say(connections, trouble ?? filterText(wording, filters.connections))
    say(jobs, trouble ?? (filters.jobs === '' ? undefined : filters.jobs))
    connections.badge = connectionsBadge(wording, mirror.connections)
    jobs.badge = jobsBadge(wording, mirror.jobs)
  }
  owned.adopt(mirror.onDidChange(draw), listening => listening.dispose())

  return {
    selectedConnections: () => connections.selection,
    selectedJobs: () => jobs.selection,
    showJob: async job => jobs.reveal(jobsTree.node(job), { select: true, focus: true, expand: true }),
    filterConnections(text) {
      filters.connections = text
      connectionsTree.filter(text)
      draw()
    },
    filterJobs(by, said) {
      filters.jobs = said
      mirror.filterPairs(by)
      draw()
    },
    [Symbol.dispose]: () => owned.dispose(),
  }
}

function say<Of>(view: TreeView<Of>, message: string | undefined): void {
  if (view.message !== message) view.message = message ?? ''
}

const filterText = ({ l10n }: Wording, filter: string): string | undefined =>
  filter === '' ? undefined : l10n.t('Only what contains “{0}” is shown.', filter)
