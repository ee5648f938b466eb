import { archivePath, closedArchive } from '../../mapi/archiveTree.ts'
import { clockSlack, type FolderTree } from '../../mapi/folderTree.ts'
import { descend, numberAt } from '../soap/node.ts'
import type { Trouble } from '../soap/trouble.ts'
import { ask } from './ask.ts'
import { allBelow, foldersOf } from './folderTree.ts'
import { folderShape, getFolder } from './operations.ts'
import { distinguishedFolder, requestOf, type SessionContext } from './sessionContext.ts'

/**
 * A mailbox's folders with those of its archive where they are wanted, which is reached by its owner's address ("archivemsgfolderroot", Exchange 2010 SP1 and later). What is kept for recovery lies
 * beside that root and isn't listed.
 */
export async function withArchive(context: SessionContext, tree: FolderTree, signal: AbortSignal): Promise<FolderTree> {
  if (!context.options.archives || context.version === 'Exchange2007_SP1' || context.version === 'Exchange2010') return tree
  const path = archivePath(tree.folders)
  try {
    const found = await rootOf(context, signal)
    if (found === undefined) return tree
    const listed = await allBelow(context, distinguishedFolder(context, root), signal)
    const below = foldersOf(context, listed, { root: found.id, path, roleOf: new Map(), system: new Set() })
    const { id, count, bin } = found
    const next = context.serverTime - clockSlack
    const top = { id, path, role: 'archiveMailbox', selectable: true, subscribed: true, count, validity: id, next } as const
    const bins = below.filter(folder => folder.id === bin).map(folder => folder.path)
    const all = [top, ...below].map(folder => ({ ...folder, ...inArchive }))
    return { ...tree, folders: [...tree.folders, ...all], deleted: [...tree.deleted, ...bins] }
  } catch (thrown) {
    return { ...tree, folders: [...tree.folders, closedArchive(path, context.mailbox, thrown)] }
  }
}

const root = 'archivemsgfolderroot'

/** Of every folder of an archive: between two stores MoveItem doesn't tell the new ids, so that it couldn't be known again what was moved. */
export const inArchive = { movesAmong: root } as const

/** The archive's root and its folder for deleted items; nothing where the mailbox has no archive. */
async function rootOf(context: SessionContext, signal: AbortSignal) {
  const ids = [root, 'archivedeleteditems'].map(name => distinguishedFolder(context, name))
  const body = requestOf(context, [getFolder(ids, folderShape(['folder:TotalCount']))])
  const [top, bin] = (await ask(context, { operation: 'GetFolder', body, signal, answers: ids.length }, isNone)).map(
    message => descend(message, 'Folders')?.children[0],
  )
  const id = descend(top, 'FolderId')?.attributes['Id']
  return id === undefined
    ? undefined
    : { id, count: (top && numberAt(top, 'TotalCount')) ?? 0, bin: descend(bin, 'FolderId')?.attributes['Id'] }
}

const isNone = ({ code, meaning }: Trouble): boolean => meaning === 'folderGone' || code === 'ErrorArchiveMailboxNotEnabled'
