import type { MailferryError } from '../../../domain/errors.ts'
import type { NewFolder } from '../../mailServer.ts'
import { keyOf, type Made, refusal } from '../../mapi/ensureFolders.ts'
import { folderName } from '../../mapi/folderName.ts'
import { clockSlack, type FolderTree, whatItHolds } from '../../mapi/folderTree.ts'
import { RequestTrouble } from '../soap/answer.ts'
import { descend, type XmlNode } from '../soap/node.ts'
import { type Trouble, troubleOfMessage } from '../soap/trouble.ts'
import { element, textElement } from '../soap/xml.ts'
import { createFolder } from './operations.ts'
import { createPatience, noteTrouble, sendOnce } from './send.ts'
import { requestOf, type SessionContext, sessionError } from './sessionContext.ts'

export interface Making {
  readonly context: SessionContext
  readonly list: () => Promise<FolderTree>
  readonly signal: AbortSignal
}

/** Makes folders below one. An answer that never came is no loss: the tree, read again, says what was made. */
export async function makeBelow({ context, list, signal }: Making, parent: string, folders: readonly NewFolder[]): Promise<Made[]> {
  const made = new Map<NewFolder, Made>()
  const taken = new Set<NewFolder>()
  const about = { operation: 'CreateFolder', signal }
  const patience = createPatience(context, about, signal)
  for (;;) {
    const open = folders.filter(folder => !made.has(folder))
    const named = open.flatMap(folder => {
      const name = folderName.write(folder.path.at(-1) ?? '')
      if (name === undefined) made.set(folder, refusal(folder.path, 'the name is too long'))
      return name === undefined ? [] : [{ folder, name }]
    })
    if (named.length === 0) return folders.map(folder => made.get(folder) ?? refusal(folder.path, 'no answer'))
    try {
      const body = requestOf(context, [
        createFolder(
          parent,
          named.map(({ folder, name }) => newFolder(folder, name)),
        ),
      ])
      let index = 0
      let passing: Trouble | undefined
      for await (const part of sendOnce(context, { ...about, body })) {
        if (!('message' in part)) continue
        const folder = named[index++]?.folder
        const trouble = troubleOfMessage(part.message)
        if (!folder) continue
        if (trouble?.code === 'ErrorFolderExists') {
          taken.add(folder)
          continue
        }
        if (trouble && (trouble.meaning === 'busy' || trouble.meaning === 'transient' || trouble.meaning === 'notTried'))
          passing ??= trouble
        else made.set(folder, trouble ? folderError(context, folder, trouble) : madeFolder(context, folder, part.message))
      }
      if (passing) {
        noteTrouble(context, passing)
        throw new RequestTrouble(passing)
      }
      if (index < named.length) throw new RequestTrouble({ code: 'fewer answers than folders', meaning: 'transient' })
    } catch (thrown) {
      await patience.after(thrown)
    }
    if (folders.every(folder => made.has(folder))) continue
    const now = new Map((await list()).folders.map(folder => [keyOf(folder.path), folder]))
    for (const folder of folders) {
      const there = made.has(folder) ? undefined : now.get(keyOf(folder.path))
      if (there) made.set(folder, there)
      else if (!made.has(folder) && taken.has(folder)) made.set(folder, refusal(folder.path, 'a folder that is not listed has this name'))
    }
  }
}

/** The permission to make folders is refused per mailbox, not per folder. */
function folderError(context: SessionContext, folder: NewFolder, trouble: Trouble): MailferryError {
  const whole = trouble.meaning === 'actAsDenied' || trouble.meaning === 'mailboxFull' || trouble.meaning === 'noMailbox'
  return whole ? sessionError(context, { operation: 'CreateFolder' }, trouble) : refusal(folder.path, trouble.code)
}

function madeFolder(context: SessionContext, { path, containerClass }: NewFolder, message: XmlNode): Made {
  const id = descend(descend(message, 'Folders')?.children[0], 'FolderId')?.attributes['Id']
  if (id === undefined) return refusal(path, 'an answer without the new folder')
  const next = context.serverTime - clockSlack
  return { id, path, ...whatItHolds(containerClass), selectable: true, subscribed: true, count: 0, validity: id, next }
}

/** Elements that imply their folder's class; Exchange refuses a class together with them. */
const elements: readonly (readonly [RegExp, string])[] = [
  [/^IPF\.Appointment$/i, 't:CalendarFolder'],
  [/^IPF\.Contact$/i, 't:ContactsFolder'],
  [/^IPF\.Task$/i, 't:TasksFolder'],
]

function newFolder({ containerClass = 'IPF.Note' }: NewFolder, name: string): string {
  const implied = elements.find(([pattern]) => pattern.test(containerClass))?.[1]
  const displayName = textElement('t:DisplayName', name)
  return implied === undefined
    ? element('t:Folder', {}, textElement('t:FolderClass', containerClass), displayName)
    : element(implied, {}, displayName)
}
