import { MailferryError } from '../../domain/errors.ts'
import type { Folder, NewFolder } from '../mailServer.ts'
import type { Control } from './connections.ts'
import { type FolderStatus, folderOf, type ListedFolder, listFolders } from './folders.ts'
import { isInboxSubscribed, listNames, type Names } from './listNames.ts'
import { makeFolders } from './makeFolders.ts'
import { type SessionContext, throwIfStopped } from './sessionContext.ts'
import { statuses } from './statuses.ts'

/** The folders of a session's mailbox. */
export interface FolderList {
  /** As they are now. */
  read(): Promise<readonly Folder[]>
  /** As they were read last; read now where they never were. */
  known(): Promise<readonly Folder[]>
  ensure(wanted: readonly NewFolder[], signal: AbortSignal): Promise<readonly (Folder | MailferryError)[]>
}

export function createFolderList(context: SessionContext, control: Control): FolderList {
  let listed: readonly ListedFolder[] | undefined
  let folders: readonly Folder[] | undefined

  const keep = (now: readonly ListedFolder[], status: ReadonlyMap<string, FolderStatus>): readonly Folder[] => {
    listed = now
    folders = now.map(folder => folderOf(folder, status.get(folder.id)))
    return folders
  }
  const statusOf = async (some: readonly ListedFolder[]): Promise<Map<string, FolderStatus>> => {
    const answers = await statuses(
      context,
      some.map(({ id }) => id),
    )
    return new Map(some.flatMap(({ id }, index) => (answers[index] ? [[id, answers[index]] as const] : [])))
  }
  const readAnew = async () => {
    const now = await control.use(listFolders)
    const status = new Map(now.flatMap(({ id, status }) => (status ? [[id, status] as const] : [])))
    const unknown = now.filter(folder => folder.selectable && !folder.status)
    const [inboxSubscribed, asked] = await Promise.all([isInboxSubscribed(context), statusOf(unknown)])
    for (const [id, answer] of asked) status.set(id, answer)
    return keep(
      now.map(folder => (folder.id === 'INBOX' ? { ...folder, subscribed: inboxSubscribed } : folder)),
      status,
    )
  }
  /** Where the names are those of last time the status alone is news; that takes one round trip and no further sign-in. */
  const refresh = async () => {
    if (!listed) return undefined
    const [names, status] = await Promise.all([listNames(context), statusOf(listed.filter(folder => folder.selectable))])
    return listed.length === names.all.size && listed.every(folder => isAsBefore(folder, names)) ? keep(listed, status) : undefined
  }
  const byId = (id: string): ListedFolder | undefined => listed?.find(folder => folder.id === id)
  const read = async () => (await refresh()) ?? readAnew()
  return {
    read,
    known: async () => folders ?? read(),
    async ensure(wanted, signal) {
      throwIfStopped(signal, 'making folders')
      if (!listed) await read()
      const { made, status } = await makeFolders(context, listed ?? [], wanted)
      const fresh = new Map(
        made.flatMap((folder, index) => {
          if (folder instanceof MailferryError) return []
          const { role, subscribe } = wanted[index] ?? {}
          const subscribed = folder.subscribed || subscribe === true
          return [[folder.id, { ...byId(folder.id), ...folder, subscribed, ...(role && { role }) }] as const]
        }),
      )
      const before = new Map(folders?.map(folder => [folder.id, folder]))
      listed = [...(listed ?? []).filter(({ id }) => !fresh.has(id)), ...fresh.values()]
      const answers = made.map(folder => {
        if (folder instanceof MailferryError) return folder
        const known = before.get(folder.id)
        const { subscribed, ...listing } = { ...folder, ...fresh.get(folder.id) }
        return known?.selectable ? { ...known, subscribed } : folderOf({ ...listing, subscribed }, status.get(folder.id))
      })
      folders = [
        ...(folders ?? []).filter(({ id }) => !fresh.has(id)),
        ...answers.flatMap(answer => (answer instanceof MailferryError ? [] : [answer])),
      ]
      return answers
    },
  }
}

const isAsBefore = ({ id, subscribed }: ListedFolder, names: Names): boolean => names.all.has(id) && names.subscribed.has(id) === subscribed
