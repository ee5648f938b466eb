import type { MailferryError } from '../../domain/errors.ts'
import { isWithin } from '../../domain/folderPath.ts'
import { type ContentFormat, type FolderRole, holdsCarried } from '../../domain/mail.ts'

interface Roled {
  readonly path: readonly string[]
  readonly role?: FolderRole
}

interface Holder extends Roled {
  readonly selectable: boolean
  readonly containerClass?: string
  readonly onlyWhole?: boolean
}

/** Whether a path is an archive's root or lies below it, by what has the role. */
export const archiveIn = (folders: readonly Roled[]): ((path: readonly string[]) => boolean) => {
  const roots = folders.filter(({ role }) => role === 'archiveMailbox')
  return path => roots.some(root => isWithin(root.path, path))
}

/**
 * Whether a source folder's items can be carried at all: in formats that it holds, and in those that the target's archive takes where its own goes there. Folders that hold none can.
 */
export const carriedIn = (
  formats: readonly ContentFormat[],
  sources: readonly Holder[],
  targets: readonly Holder[],
): ((folder: Holder) => boolean) => {
  const inArchive = archiveIn(sources)
  const onlyWhole = targets.some(folder => folder.role === 'archiveMailbox' && folder.onlyWhole === true)
  return folder =>
    !folder.selectable || holdsCarried(formats, onlyWhole && inArchive(folder.path) ? { ...folder, onlyWhole: true } : folder)
}

/** Why nothing can be written at a path: it is in an archive that can't be opened. */
export const closedAbove = (
  folders: readonly (Roled & { readonly closed?: MailferryError })[],
  path: readonly string[],
): MailferryError | undefined => folders.find(folder => folder.closed && isWithin(folder.path, path))?.closed
