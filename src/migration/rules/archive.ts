import type { MailferryError } from '../../domain/errors.ts'
import type { FolderRole } from '../../domain/mail.ts'
import { isWithin } from './folderPath.ts'

interface Roled {
  readonly path: readonly string[]
  readonly role?: FolderRole
}

/** Whether a path is an archive's root or lies below it, by what has the role. */
export const archiveIn = (folders: readonly Roled[]): ((path: readonly string[]) => boolean) => {
  const roots = folders.filter(({ role }) => role === 'archiveMailbox')
  return path => roots.some(root => isWithin(root.path, path))
}

/** Why nothing can be written at a path: it is in an archive that can't be opened. */
export const closedAbove = (
  folders: readonly (Roled & { readonly closed?: MailferryError })[],
  path: readonly string[],
): MailferryError | undefined => folders.find(folder => folder.closed && isWithin(folder.path, path))?.closed
