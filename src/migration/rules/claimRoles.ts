import { joinPath } from '../../domain/folderPath.ts'
import type { FolderRole } from '../../domain/mail.ts'
import type { SourceFolder, TargetFolder } from './folderMap.ts'

interface Roled {
  readonly path: readonly string[]
  readonly role?: FolderRole
  readonly count?: number
}

/** Best first: the one called like `model`, then the one nearest to the root, then the fullest, then by name. */
const byClaim =
  (model: Roled | undefined) =>
  (a: Roled, b: Roled): number => {
    const foreign = (folder: Roled): number => (model !== undefined && joinPath(folder.path) === joinPath(model.path) ? 0 : 1)
    return (
      foreign(a) - foreign(b) ||
      a.path.length - b.path.length ||
      (b.count ?? 0) - (a.count ?? 0) ||
      (joinPath(a.path) < joinPath(b.path) ? -1 : 1)
    )
  }

export interface RoleClaims<Source, Target> {
  /** Source folders that take the target's folder of the same role. */
  readonly taken: ReadonlyMap<Source, Target>
  /** Source folders whose role no folder of the target has yet. */
  readonly open: ReadonlyMap<Source, FolderRole>
}

/**
 * Which source folder has which role on the target. Some servers give one role to several folders
 * (RFC 6154 section 2 allows it: `Sent` and `Sent Messages` both `\Sent`); only the best of them has it there, the others go by their path.
 * The inbox isn't a matter of roles: it has its name.
 */
export const claimRoles = <Source extends SourceFolder, Target extends TargetFolder>(
  sources: readonly Source[],
  targets: readonly Target[],
): RoleClaims<Source, Target> => {
  const taken = new Map<Source, Target>()
  const open = new Map<Source, FolderRole>()
  const able = targets.filter(target => target.selectable)
  for (const role of new Set(sources.map(source => source.role))) {
    if (role === undefined || role === 'inbox') continue
    const claimants = sources.filter(source => source.role === role)
    const places = able.filter(target => target.role === role).toSorted(byClaim(undefined))
    const place = places.find(({ path }) => claimants.some(source => joinPath(source.path) === joinPath(path))) ?? places[0]
    const source = claimants.toSorted(byClaim(place))[0]
    if (source === undefined) continue
    if (place === undefined) open.set(source, role)
    else taken.set(source, place)
  }
  return { taken, open }
}
