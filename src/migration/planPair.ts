import { isError, MailferryError } from '../domain/errors.ts'
import { joinPath } from '../domain/folderPath.ts'
import { foldersOf } from '../ledger/folders.ts'
import type { FolderRow } from '../ledger/rows.ts'
import type { Folder, NewFolder } from '../servers/mailServer.ts'
import type { FolderTask, Shared } from './folderTask.ts'
import { archiveIn, carriedIn, closedAbove } from './rules/archive.ts'
import { withinFilters } from './rules/filterFolder.ts'
import { type FolderMapping, mapFolders } from './rules/mapFolders.ts'
import { sameStores } from './sameStores.ts'
import { storedError } from './storedError.ts'

export interface PairPlan {
  /** Every folder that goes somewhere, with its row. */
  readonly tasks: readonly FolderTask[]
  /** Folders that the source no longer has. */
  readonly gone: readonly GoneFolder[]
}

/** A folder that was renamed or deleted on the source, and where its items went, as far as that is still there. */
export interface GoneFolder {
  readonly row: FolderRow
  readonly to: Folder | undefined
}

/**
 * Looks at both mailboxes, makes sure they are the ones of the earlier runs, decides where each folder goes, makes the missing ones
 * and records all that. Folders that are left out or can't be made have their row saying why; the rest goes on.
 */
export async function planPair(shared: Shared): Promise<PairPlan> {
  const { run, source, target, signal } = shared
  const { settings } = run.job
  const [from, to, rows] = await Promise.all([source.folders(), target.folders(), foldersOf(run.ledger.db, run.pair.id)])
  await sameStores(shared, from, to, rows)

  const isIn = withinFilters(settings.filters)
  const isCarried = carriedIn(shared.formats, from, to)
  const { mappings } = mapFolders(
    from.filter(folder => isIn(folder) && isCarried(folder) && folder.closed === undefined),
    to,
    { explicit: settings.folderMap, decided: decidedBefore(rows), caseSensitive: target.traits.foldsCase !== true },
  )
  const made = await makeFolders(shared, mappings, to)

  const known = new Map(rows.map(row => [pathKey(row.sourcePath), row]))
  const placed = mappings.map((mapping, index) => rowOf(mapping, made[index], known.get(pathKey(mapping.source.path))))
  const excluded = from
    .filter(folder => folder.selectable && !isIn(folder))
    .map(folder => ({ ...rowWithoutTarget(folder, known.get(pathKey(folder.path))), excluded: 'folderExcluded' as const }))
  const notCarried = from
    .filter(folder => isIn(folder) && !isCarried(folder))
    .map(folder => notCarriedRow(folder, known.get(pathKey(folder.path))))
  const closed = from.flatMap(folder =>
    folder.closed && isIn(folder) ? [closedRow(folder, folder.closed, known.get(pathKey(folder.path)))] : [],
  )
  const present = new Set(from.map(folder => pathKey(folder.path)))
  const absent = rows.filter(row => !present.has(pathKey(row.sourcePath)))
  // An archive that isn't looked at any more hasn't lost its folders.
  const inArchive = archiveIn(settings.archives ? [] : rows.map(({ sourcePath: path, role }) => ({ path, ...(role && { role }) })))
  const unseen = absent
    .filter(row => inArchive(row.sourcePath))
    .map(({ id: _id, pair: _pair, intentNext: _next, error: _error, ...row }) => ({ ...row, excluded: 'folderExcluded' as const }))
  const saved = await run.writer.saveFolders([...placed, ...excluded, ...notCarried, ...closed, ...unseen])

  const tasks: FolderTask[] = []
  for (const [index, mapping] of mappings.entries()) {
    const row = saved[index]
    const folder = made[index]
    if (row && folder && !(folder instanceof MailferryError)) tasks.push({ row, from: mapping.source, to: folder })
  }
  signal.throwIfAborted()
  const gone = absent.filter(
    row => row.excluded === undefined && !inArchive(row.sourcePath) && closedAbove(from, row.sourcePath) === undefined,
  )
  // What couldn't be done for a folder is no difference any more once the source has no such folder.
  for (const { id, error } of gone) if (error !== undefined) await run.writer.patchFolder(id, { error: null })
  return {
    tasks,
    gone: gone.map(row => ({ row, to: to.find(folder => folder.id === row.targetId && folder.validity === row.targetValidity) })),
  }
}

const pathKey = (path: readonly string[]): string => JSON.stringify(path)

const decidedBefore = (rows: readonly FolderRow[]): Map<string, readonly string[]> =>
  new Map(rows.flatMap(row => (row.targetPath && row.targetId !== undefined ? [[row.sourceId, row.targetPath] as const] : [])))

/** Creates what is missing and subscribes what the source's owner subscribed to, in one go; answers a folder or the reason for each mapping. */
async function makeFolders(
  { run, target, signal }: Shared,
  mappings: readonly FolderMapping<Folder, Folder>[],
  targets: readonly Folder[],
): Promise<readonly (Folder | MailferryError)[]> {
  const subscribe = (folder: Folder): boolean => run.job.settings.subscriptions && folder.subscribed
  const wanted: { readonly index: number; readonly folder: NewFolder }[] = []
  for (const [index, { source, path, role, target: there }] of mappings.entries()) {
    if (closedAbove(targets, path) || (there && (there.subscribed || !subscribe(source)))) continue
    const { containerClass } = source
    wanted.push({ index, folder: { path, subscribe: subscribe(source), ...(role && { role }), ...(containerClass && { containerClass }) } })
  }
  const answers =
    wanted.length > 0
      ? await target.ensureFolders(
          wanted.map(({ folder }) => folder),
          signal,
        )
      : []
  const byIndex = new Map(wanted.map(({ index }, at) => [index, answers[at]]))
  return mappings.map(({ path, target: there }, index) => {
    const closed = closedAbove(targets, path)
    if (closed) return closed
    const answer =
      byIndex.get(index) ?? there ?? new MailferryError('folder.refused', { folder: path.join('/'), response: 'the server gave no answer' })
    // A folder that only couldn't be subscribed to can still be filled.
    return isError(answer) && there ? there : answer
  })
}

type NewRow = Omit<FolderRow, 'id' | 'pair' | 'intentNext'>

function rowWithoutTarget(from: Folder, known: FolderRow | undefined): NewRow {
  return {
    sourceId: from.id,
    sourcePath: from.path,
    sourceValidity: known?.sourceValidity ?? from.validity,
    ...(from.role && { role: from.role }),
    ...(known?.checkpoint !== undefined && { checkpoint: known.checkpoint }),
    ...(known?.version !== undefined && { version: known.version }),
  }
}

/**
 * A folder that isn't made on the target, since none of what it holds could go there. Its items count as a difference, for the source has them and the target
 * won't; an empty one, as every Exchange mailbox has several, is only left out.
 */
function notCarriedRow(from: Folder, known: FolderRow | undefined): NewRow {
  const row = rowWithoutTarget(from, known)
  if (from.count === 0) return { ...row, excluded: 'folderNotCarried' }
  const params = { folder: joinPath(from.path), containerClass: from.containerClass ?? 'IPF.Note', items: from.count }
  return { ...row, error: storedError(new MailferryError('folder.notCarried', params)) }
}

/** A folder that can't be looked at keeps what is known of it. */
function closedRow(folder: Folder, closed: MailferryError, known: FolderRow | undefined): NewRow {
  if (known === undefined) return { ...rowWithoutTarget(folder, known), error: storedError(closed) }
  const { id: _id, pair: _pair, intentNext: _next, excluded: _excluded, ...row } = known
  return { ...row, error: storedError(closed) }
}

/** A known folder keeps the validities its keys belong to; where they differ from today's the keys are matched anew before anything else. */
function rowOf(
  { source, path }: FolderMapping<Folder, Folder>,
  made: Folder | MailferryError | undefined,
  known: FolderRow | undefined,
): NewRow {
  const row = rowWithoutTarget(source, known)
  if (!made || made instanceof MailferryError) return { ...row, targetPath: path, ...(made && { error: storedError(made) }) }
  return { ...row, targetId: made.id, targetPath: made.path, targetValidity: known?.targetValidity ?? made.validity }
}
