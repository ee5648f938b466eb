import { readItemShape, showItem } from '../../fields/itemShape.ts'
import { isPath, type Path, readPath } from '../../fields/path.ts'
import type { Item } from '../../item.ts'
import { keys, textOf } from '../../properties.ts'
import { child, element, type XmlElement } from '../../xml/tree.ts'
import { done, eachPart, type Result } from '../answer.ts'
import { EwsError } from '../ewsError.ts'
import { readItemOperand } from '../itemOperand.ts'
import { locateFolder } from '../locate.ts'
import { pageAttributes, readPage, takePage } from '../paging.ts'
import { compare, matches, type Operand, readRestriction } from '../restriction.ts'
import type { PlacedFolder, Session } from '../session.ts'

export function findItem(request: XmlElement, session: Session): Result[] {
  const { organisation, version } = session
  if (child(request, 'QueryString'))
    throw new EwsError('ErrorInvalidRequest', 'Full-text queries need a content index, which this server lacks.')
  const shape = readItemShape(child(request, 'ItemShape'), true)
  const page = readPage(request.children.find(({ name }) => name.endsWith('PageItemView')))
  return eachPart(child(request, 'ParentFolderIds')?.children ?? [], id => {
    const place = locateFolder(session, id)
    const taken = takePage(select(request, session, place), page, organisation.limits.findCountLimit)
    const items = taken.items.map(item =>
      showItem({ organisation, mailbox: place.mailbox, item, bodyType: 'Best', isListing: true }, shape, version),
    )
    return done(element('m:RootFolder', [element('t:Items', items)], pageAttributes(taken)))
  })
}

/** The folder's items that the request wants, in its order; without one, the newest received first, as Exchange has them. */
function select(request: XmlElement, { organisation }: Session, { mailbox, folder }: PlacedFolder): Item[] {
  const traversal = request.attributes['Traversal']
  const read = (item: Item, path: Path): Operand =>
    readItemOperand({ organisation, mailbox, item, bodyType: 'Best', isListing: false }, path)
  const restriction = readRestriction(child(request, 'Restriction'))
  const calendar = child(request, 'CalendarView')
  const kept = [...folder.items.values()]
    .filter(({ isAssociated }) => traversal !== 'SoftDeleted' && isAssociated === (traversal === 'Associated'))
    .filter(item => !restriction || matches(restriction, path => read(item, path)))
    .filter(item => !calendar || isWithin(item, calendar))
  const orders = (child(request, 'SortOrder')?.children ?? []).map(order => ({
    path: sortable(order),
    sign: order.attributes['Order'] === 'Descending' ? -1 : 1,
  }))
  if (orders.length === 0) return sorted(kept, [item => textOf(item.properties, keys.deliveryTime)], [-1])
  return sorted(
    kept,
    orders.map(
      ({ path }) =>
        item =>
          read(item, path),
    ),
    orders.map(({ sign }) => sign),
  )
}

/** Stable, each item's keys read once; ties by the order in which items came. */
function sorted(items: readonly Item[], readers: readonly ((item: Item) => Operand)[], signs: readonly number[]): Item[] {
  const rows = items.map(item => ({ item, values: readers.map(read => firstOf(read(item))) }))
  rows.sort((a, b) => {
    for (const [index, sign] of signs.entries()) {
      const order = compareKeys(a.values[index], b.values[index])
      if (order !== 0) return sign * order
    }
    return a.item.number - b.item.number
  })
  return rows.map(({ item }) => item)
}

const firstOf = (operand: Operand): string | undefined => (typeof operand === 'string' ? operand : operand?.[0])

/** Items without the property come first, as in the store's tables. */
function compareKeys(a: string | undefined, b: string | undefined): number {
  if (a === undefined || b === undefined) return a === b ? 0 : a === undefined ? -1 : 1
  return compare(a, b)
}

function sortable(order: XmlElement): Path {
  const [first] = order.children.filter(isPath)
  if (!first) throw new EwsError('ErrorInvalidRequest')
  const path = readPath(first)
  if (path.kind === 'field' && ['Body', 'MimeContent', 'Attachments', 'ItemId'].includes(path.element))
    throw new EwsError('ErrorUnsupportedPathForSortGroup')
  return path
}

function isWithin({ properties }: Item, { attributes }: XmlElement): boolean {
  const start = Date.parse(textOf(properties, keys.appointmentStart) ?? '')
  const end = Date.parse(textOf(properties, keys.appointmentEnd) ?? '')
  return start < Date.parse(attributes['EndDate'] ?? '') && end > Date.parse(attributes['StartDate'] ?? '')
}
