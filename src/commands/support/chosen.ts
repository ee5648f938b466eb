import { CancellationError, type QuickPickItem, window } from 'vscode'
import type { ConnectionId, JobId, PairId } from '../../domain/ids.ts'
import type { ConnectionSummary, JobSummary, PairSummary } from '../../rpc/results.ts'
import { connectionRow } from '../../views/rows/connectionRow.ts'
import { jobRow } from '../../views/rows/jobRow.ts'
import type { ConnectionNode, JobNode, Node, PairNode, UseNode } from '../../views/rows/node.ts'
import { pairRow } from '../../views/rows/pairRow.ts'
import type { App } from '../app.ts'

/** What a command was asked from: a row with all that is selected, the keyboard in a tree, or nothing. */
export type Picked<Of extends Node> = Of | 'selection' | undefined

/** The connections a command is meant for: the selected ones, or those the person chooses now. Throws CancellationError where none is chosen. */
export async function chosenConnections(
  app: App,
  picked: Picked<ConnectionNode>,
  selected: readonly Node[] | undefined,
  ask: { readonly title: string; readonly of?: (connection: ConnectionSummary) => boolean },
): Promise<ConnectionSummary[]> {
  const ids = new Set<ConnectionId>(
    rows(picked, selected, app.views.selectedConnections()).flatMap(row => (row.type === 'connection' ? [row.connection] : [])),
  )
  const fitting = app.mirror.connections.filter(ask.of ?? (() => true))
  if (ids.size > 0) return app.mirror.connections.filter(({ id }) => ids.has(id))
  return choose(fitting, connection => connectionRow(app.wording, connection), ask.title, true)
}

/** The same for a command on exactly one. */
export async function chosenConnection(
  app: App,
  picked: Picked<ConnectionNode>,
  ask: { readonly title: string; readonly of?: (connection: ConnectionSummary) => boolean },
): Promise<ConnectionSummary> {
  const [row] = rows(picked, undefined, app.views.selectedConnections())
  const known = row?.type === 'connection' ? app.mirror.connection(row.connection) : undefined
  if (known !== undefined) return known
  const [only] = await choose(
    app.mirror.connections.filter(ask.of ?? (() => true)),
    connection => connectionRow(app.wording, connection),
    ask.title,
    false,
  )
  if (only === undefined) throw new CancellationError()
  return only
}

export async function chosenJobs(
  app: App,
  picked: JobNode | UseNode | undefined,
  selected: readonly Node[] | undefined,
  ask: { readonly title: string; readonly of?: (job: JobSummary) => boolean },
): Promise<JobSummary[]> {
  const ids = new Set<JobId>(rows(picked, selected, []).flatMap(row => (row.type === 'job' || row.type === 'use' ? [row.job] : [])))
  if (ids.size > 0) return app.mirror.jobs.filter(({ id }) => ids.has(id))
  return choose(app.mirror.jobs.filter(ask.of ?? (() => true)), job => jobRow(app.wording, job, 0), ask.title, true)
}

export async function chosenJob(app: App, picked: Picked<JobNode | UseNode>, title: string): Promise<JobSummary> {
  const [row] = rows(picked, undefined, app.views.selectedJobs())
  const known = row?.type === 'job' || row?.type === 'use' ? app.mirror.job(row.job) : undefined
  if (known !== undefined) return known
  const [only] = await choose(app.mirror.jobs, job => jobRow(app.wording, job, 0), title, false)
  if (only === undefined) throw new CancellationError()
  return only
}

/** A job, or some of its mailboxes. */
export interface JobPart {
  readonly job: JobSummary
  /** Absent: all of it. */
  readonly pairs?: readonly PairSummary[]
}

/** Whole jobs where they are selected themselves, the selected mailboxes of others; or jobs that the person chooses now. */
export async function chosenParts(
  app: App,
  picked: JobNode | PairNode | undefined,
  selected: readonly Node[] | undefined,
  ask: { readonly title: string; readonly of?: (job: JobSummary) => boolean },
): Promise<JobPart[]> {
  const chosen = rows(picked, selected, [])
  if (chosen.length === 0) return (await chosenJobs(app, undefined, undefined, ask)).map(job => ({ job }))
  const whole = new Set(chosen.flatMap(row => (row.type === 'job' ? [row.job] : [])))
  const pairs = pairsOf(app, chosen)
  return app.mirror.jobs.flatMap((job): JobPart[] => {
    if (whole.has(job.id)) return [{ job }]
    const some = pairs.get(job.id)
    return some === undefined ? [] : [{ job, pairs: some }]
  })
}

/** The same for a command on exactly one job, or on some of its mailboxes: the first that is selected. */
export async function chosenPart(
  app: App,
  picked: JobNode | PairNode | undefined,
  selected: readonly Node[] | undefined,
  title: string,
): Promise<JobPart> {
  if (picked === undefined) return { job: await chosenJob(app, undefined, title) }
  const [first] = (await chosenParts(app, picked, selected, { title })).filter(({ job }) => job.id === picked.job)
  if (first === undefined) throw new CancellationError()
  return first
}

/** The selected mailboxes, by job; or those that the person chooses now, of a job. Throws CancellationError where none is chosen. */
export async function chosenPairs(
  app: App,
  picked: Picked<PairNode>,
  selected: readonly Node[] | undefined,
  ask: AskForPairs,
): Promise<JobPart[]> {
  const pairs = pairsOf(app, rows(picked, selected, app.views.selectedJobs()))
  const parts = app.mirror.jobs.flatMap((job): JobPart[] => {
    const some = pairs.get(job.id)
    return some === undefined ? [] : [{ job, pairs: some }]
  })
  return parts.length > 0 || picked === 'selection' ? parts : [await askForPairs(app, ask)]
}

interface AskForPairs {
  readonly title: string
  readonly of?: (pair: PairSummary) => boolean
  /** Exactly one. */
  readonly one?: true
}

/** A job, then mailboxes of it. Of thousands, those that the tree has read. */
export async function askForPairs(app: App, { title, of = () => true, one }: AskForPairs): Promise<JobPart> {
  const jobs = app.mirror.jobs.filter(({ pairs }) => pairs > 0)
  const [job] = await choose(jobs, job => jobRow(app.wording, job, 0), title, false)
  if (job === undefined) throw new CancellationError()
  const { pairs } = await app.mirror.pairs(job.id)
  return { job, pairs: await choose(pairs.filter(of), pair => pairRow(app.wording, pair, 0), title, one !== true) }
}

function pairsOf(app: App, chosen: readonly Node[]): Map<JobId, PairSummary[]> {
  const pairs = new Map<JobId, PairSummary[]>()
  const seen = new Set<PairId>()
  for (const row of chosen) {
    if (row.type !== 'pair' || seen.has(row.pair)) continue
    seen.add(row.pair)
    const pair = app.mirror.pair(row.job, row.pair)
    if (pair !== undefined) pairs.set(row.job, [...(pairs.get(row.job) ?? []), pair])
  }
  return pairs
}

/** A right click on a row outside the selection means that row alone: VS Code then gives no selection, or one without it. */
function rows(picked: Node | 'selection' | undefined, selected: readonly Node[] | undefined, inTree: readonly Node[]): readonly Node[] {
  if (picked === 'selection') return inTree
  if (picked === undefined) return []
  return selected?.includes(picked) ? selected : [picked]
}

interface Pickable<Of> extends QuickPickItem {
  readonly of: Of
}

async function choose<Of>(
  all: readonly Of[],
  row: (of: Of) => { readonly label: string; readonly description?: string },
  title: string,
  several: boolean,
): Promise<Of[]> {
  const items = all.map((of): Pickable<Of> => {
    const { label, description } = row(of)
    return { of, label, ...(description === undefined ? {} : { description }) }
  })
  const options = { title, matchOnDescription: true }
  const chosen = several ? await window.showQuickPick(items, { ...options, canPickMany: true }) : await window.showQuickPick(items, options)
  const list = chosen === undefined ? [] : Array.isArray(chosen) ? chosen : [chosen]
  if (list.length === 0) throw new CancellationError()
  return list.map(({ of }: Pickable<Of>) => of)
}
