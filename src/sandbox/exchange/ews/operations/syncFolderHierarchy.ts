import { readFolderShape, showFolder } from '../../fields/folderShape.ts'
import { descendantsOf, type Folder } from '../../mailbox.ts'
import { child, childText, element, type XmlElement } from '../../xml/tree.ts'
import { done, eachPart, type Result } from '../answer.ts'
import { writeId } from '../ids.ts'
import { locateFolder } from '../locate.ts'
import type { Session } from '../session.ts'
import { readSyncState, writeSyncState } from '../syncState.ts'

/** Everything below a folder (the root of people's folders, unless another is named) that is new, changed or gone; always all at once. */
export function syncFolderHierarchy(request: XmlElement, session: Session): Result[] {
  const { organisation, version } = session
  const shape = readFolderShape(child(request, 'FolderShape'))
  const [target = element('t:DistinguishedFolderId', [], { Id: 'msgfolderroot' })] = child(request, 'SyncFolderId')?.children ?? []
  return eachPart([target], id => {
    const { mailbox, folder: root } = locateFolder(session, id)
    const expected = { kind: 'hierarchy', mailboxGuid: mailbox.guid, folder: root.number } as const
    const state = readSyncState(organisation, childText(request, 'SyncState'), expected)
    const folders = descendantsOf(mailbox, root)
    const show = (folder: Folder): XmlElement => showFolder({ organisation, mailbox, folder }, shape, version)
    const present = new Set(folders.map(({ number }) => number))
    const changes = [
      ...folders
        .filter(({ change, number }) => change > state.seen || !state.given.has(number))
        .map(folder => element(state.given.has(folder.number) ? 't:Update' : 't:Create', [show(folder)])),
      ...[...state.given]
        .filter(number => !present.has(number))
        .map(number =>
          element('t:Delete', [
            element('t:FolderId', [], { Id: writeId(organisation, { kind: 'folder', mailboxGuid: mailbox.guid, number }) }),
          ]),
        ),
    ]
    const next = writeSyncState(organisation, { ...expected, seen: mailbox.lastChange, given: present })
    return done(element('m:SyncState', next), element('m:IncludesLastFolderInRange', 'true'), element('m:Changes', changes))
  })
}
