import { isWithin, joinPath, numberedName } from '../../domain/folderPath.ts'
import type { FolderPlacement } from '../../domain/job.ts'
import { archiveIn } from './archive.ts'
import { claimRoles } from './claimRoles.ts'
import type { FolderMap, FolderMapping, MapOptions, MappedBy, SourceFolder, TargetFolder } from './folderMap.ts'
import { isInbox, normalInbox, pathKey } from './folderPath.ts'

export type { FolderMap, FolderMapping, MapOptions } from './folderMap.ts'

type Path = readonly string[]

const isAbove = (ancestor: Path, path: Path): boolean => ancestor.length < path.length && isWithin(ancestor, path)

/** Where `path` goes when the folders above it go where `moves` say: the deepest one counts, of equally deep ones the last. */
const following = (path: Path, moves: readonly FolderPlacement[]): Path => {
  let nearest: FolderPlacement = { source: [], target: [] }
  for (const move of moves) {
    if (isAbove(move.source, path) && move.source.length >= nearest.source.length) nearest = move
  }
  return [...nearest.target, ...path.slice(nearest.source.length)]
}

const numbered = (path: Path, isFree: (path: Path) => boolean): Path => {
  const above = path.slice(0, -1)
  return [...above, numberedName(path.at(-1) ?? '', name => isFree([...above, name]))]
}

/** Parents first, then by name: the result of a mapping doesn't depend on the order in which a server lists its folders. */
const inOrder = (a: SourceFolder, b: SourceFolder): number =>
  a.path.length - b.path.length || Number(joinPath(a.path) > joinPath(b.path)) - Number(joinPath(a.path) < joinPath(b.path))

/**
 * Where each source folder goes: as decided earlier, else as the plan says, else INBOX to INBOX, else by role (Sent is Sent in any language), else by
 * path; what lies below a mapped folder follows it. Paths are lists of names, so the two servers' hierarchy delimiters don't matter.
 * What is in no archive goes into the target's only where the plan says so, whatever it is called.
 * Two source folders never go to one target folder unless the plan names one of them for it: the later one gets a numbered name, and says because of which.
 *
 * `sources` are the folders within the filters, and the non-selectable ones.
 */
export const mapFolders = <Source extends SourceFolder, Target extends TargetFolder>(
  sources: readonly Source[],
  targets: readonly Target[],
  { caseSensitive = true, explicit = [], decided = new Map() }: MapOptions = {},
): FolderMap<Source, Target> => {
  const key = (path: Path): string => pathKey(path, { caseSensitive })
  const exactly = (path: Path): string => pathKey(path, { caseSensitive: true })
  const existing = new Map(targets.filter(target => target.selectable).map(target => [key(target.path), target]))
  const byPlan = new Map(explicit.map(entry => [exactly(entry.source), entry.target]))
  const ordered = sources.toSorted(inOrder)
  const holders = ordered.filter(source => source.selectable)

  const roles = claimRoles(holders, targets)

  const places = new Map<string, FolderMapping<Source, Target>[]>()
  const settled = new Map<Source, FolderMapping<Source, Target>>()
  const settle = (source: Source, path: Path, by: MappedBy, because?: Source): void => {
    const target = existing.get(key(path))
    const role = roles.open.get(source)
    const mapping: FolderMapping<Source, Target> = {
      source,
      path: target?.path ?? path,
      by,
      ...(target === undefined ? {} : { target }),
      ...(role === undefined ? {} : { role }),
      ...(because === undefined ? {} : { because }),
    }
    settled.set(source, mapping)
    places.set(key(path), [...(places.get(key(path)) ?? []), mapping])
  }
  /** The folder that has a place for itself alone; what the plan put there by name may be joined. */
  const holderOf = (path: Path): Source | undefined => places.get(key(path))?.find(mapping => mapping.by !== 'explicit')?.source

  for (const source of holders) {
    const earlier = decided.get(source.id)
    const planned = byPlan.get(exactly(source.path))
    if (planned !== undefined && (earlier === undefined || key(earlier) === key(planned))) settle(source, planned, 'explicit')
    else if (earlier !== undefined) settle(source, earlier, 'decided')
  }
  const unsettled = (): Source[] => holders.filter(source => !settled.has(source))
  for (const source of unsettled()) {
    if (isInbox(source.path) && holderOf(['INBOX']) === undefined) settle(source, ['INBOX'], 'inbox')
  }
  for (const [source, place] of roles.taken) {
    if (!settled.has(source) && holderOf(place.path) === undefined) settle(source, place.path, 'role')
  }

  const moves = [...explicit, ...[...settled.values()].map(({ source, path }) => ({ source: normalInbox(source.path), target: path }))]
  const [fromArchive, toArchive] = [archiveIn(sources), archiveIn(targets)]
  const wantedBySource = new Set(holders.map(source => key(source.path)))
  for (const source of unsettled()) {
    const wished = following(normalInbox(source.path), moves)
    const isPlanned = explicit.some(entry => isWithin(entry.source, source.path))
    const goesAstray = toArchive(wished) && !fromArchive(source.path) && !isPlanned
    const path = goesAstray ? [...numbered(wished.slice(0, 1), beside => !toArchive(beside)), ...wished.slice(1)] : wished
    const holder = holderOf(path)
    if (holder === undefined) {
      settle(source, path, goesAstray ? 'renamed' : 'path')
      if (goesAstray) moves.push({ source: normalInbox(source.path), target: path })
      continue
    }
    const free = numbered(path, candidate => !places.has(key(candidate)) && !wantedBySource.has(key(candidate)))
    settle(source, free, 'renamed', holder)
    moves.push({ source: normalInbox(source.path), target: free })
  }

  const shells = ordered.filter(source => !source.selectable)
  const isParent = (shell: Source): boolean => holders.some(holder => isAbove(shell.path, holder.path))
  return {
    mappings: holders.flatMap(source => settled.get(source) ?? []),
    shared: [...places.values()].flatMap(mappings => {
      const [first, ...others] = mappings
      return first === undefined || others.length === 0 ? [] : [{ path: first.path, sources: mappings.map(mapping => mapping.source) }]
    }),
    containers: shells.filter(isParent),
    leftOut: shells.filter(shell => !isParent(shell)),
  }
}
