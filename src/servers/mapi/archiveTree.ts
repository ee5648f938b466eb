import { isError, MailferryError } from '../../domain/errors.ts'
import { numberedName } from '../../domain/folderPath.ts'
import type { Folder } from '../mailServer.ts'

/** What Outlook calls it beside a mailbox's own folders; numbered where people have a folder of that name. */
const usualName = 'In-Place Archive'

/** The path of what an archive's folders lie below, which is none of the mailbox's own. */
export function archivePath(folders: readonly Folder[]): readonly [string] {
  const taken = new Set(folders.filter(({ path }) => path.length === 1).map(({ path }) => path[0]?.toLowerCase()))
  const isFree = (name: string) => !taken.has(name.toLowerCase())
  return [isFree(usualName) ? usualName : numberedName(usualName, isFree)]
}

/** What a server says where it is the archive alone that can't be opened. */
const isAboutIt = /^(server\.refused|folder\.gone|permission\.|mailbox\.)/

/** An archive that is there, or may be, and can't be looked at. Throws what isn't about the archive. */
export function closedArchive(path: readonly [string], mailbox: string, thrown: unknown): Folder {
  if (!isError(thrown) || !isAboutIt.test(thrown.code)) throw thrown
  const { params } = thrown
  const response = 'response' in params && params.response !== undefined ? params.response : thrown.code
  const closed = new MailferryError('archive.closed', { mailbox, response })
  const id = `archive of ${mailbox}`
  return { id, path, role: 'archiveMailbox', selectable: true, subscribed: true, count: 0, validity: id, closed }
}
