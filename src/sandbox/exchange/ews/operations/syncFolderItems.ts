import { readItemShape, showItem } from '../../fields/itemShape.ts'
import { itemChange, itemIdElement } from '../../fields/itemView.ts'
import type { Item } from '../../item.ts'
import { isRead } from '../../store/receipts.ts'
import { child, childText, element, type XmlElement } from '../../xml/tree.ts'
import { done, eachPart, type Result } from '../answer.ts'
import { readId, writeId } from '../ids.ts'
import { locateFolder } from '../locate.ts'
import type { PlacedFolder, Session } from '../session.ts'
import { readSyncState, type SyncState, writeSyncState } from '../syncState.ts'

/** What is new, changed, read or gone in a folder since a state, oldest change first, at most `MaxChangesReturned` at a time. */
export function syncFolderItems(request: XmlElement, session: Session): Result[] {
  const { organisation } = session
  return eachPart(child(request, 'SyncFolderId')?.children ?? [], id => {
    const place = locateFolder(session, id)
    const expected = { kind: 'items', mailboxGuid: place.mailbox.guid, folder: place.folder.number } as const
    const state = readSyncState(organisation, childText(request, 'SyncState'), expected)
    const gone = [...state.given].filter(number => !place.folder.items.has(number))
    const news = [...place.folder.items.values()].filter(wanted(request, state)).sort((a, b) => itemChange(a) - itemChange(b))
    const max = Number(childText(request, 'MaxChangesReturned'))
    const deleted = gone.slice(0, max)
    const shown = news.slice(0, max - deleted.length)
    const isLast = deleted.length + shown.length === gone.length + news.length
    const left = new Set(deleted)
    const given = new Set([...[...state.given].filter(number => !left.has(number)), ...shown.map(({ number }) => number)])
    const seen = isLast ? place.mailbox.lastChange : Math.max(state.seen, ...shown.slice(-1).map(itemChange))
    return done(
      element('m:SyncState', writeSyncState(organisation, { ...expected, seen, given })),
      element('m:IncludesLastItemInRange', String(isLast)),
      element('m:Changes', [
        ...changesOf(request, session, place, state, shown),
        ...deleted.map(number => element('t:Delete', [goneItem(session, place, number)])),
      ]),
    )
  })
}

function wanted(request: XmlElement, state: SyncState): (item: Item) => boolean {
  const withAssociated = childText(request, 'SyncScope') === 'NormalAndAssociatedItems'
  return item => (withAssociated || !item.isAssociated) && (itemChange(item) > state.seen || !state.given.has(item.number))
}

function changesOf(
  request: XmlElement,
  session: Session,
  { mailbox }: PlacedFolder,
  state: SyncState,
  items: readonly Item[],
): XmlElement[] {
  const { organisation, version } = session
  const shape = readItemShape(child(request, 'ItemShape'), false)
  const ignored = new Set(
    (child(request, 'Ignore')?.children ?? []).map(({ attributes }) => readId(organisation, attributes['Id'] ?? '').number),
  )
  return items
    .filter(({ number }) => !ignored.has(number))
    .map(item => {
      if (state.given.has(item.number) && item.change <= state.seen) {
        const id = itemIdElement(organisation, mailbox.guid, item)
        return element('t:ReadFlagChange', [id, element('t:IsRead', String(isRead(item)))])
      }
      const shown = showItem({ organisation, mailbox, item, bodyType: 'Best', isListing: true }, shape, version)
      return element(state.given.has(item.number) ? 't:Update' : 't:Create', [shown])
    })
}

const goneItem = ({ organisation }: Session, { mailbox }: PlacedFolder, number: number): XmlElement =>
  element('t:ItemId', [], { Id: writeId(organisation, { kind: 'item', mailboxGuid: mailbox.guid, number }) })
