import { readItemShape, showItem } from '../../fields/itemShape.ts'
import { child, element, type XmlElement } from '../../xml/tree.ts'
import { done, eachPart, type Result } from '../answer.ts'
import { locateItem } from '../locate.ts'
import { checkItemFault, type Session } from '../session.ts'

export function getItem(request: XmlElement, session: Session): Result[] {
  const { organisation, version } = session
  const shape = readItemShape(child(request, 'ItemShape'), false)
  return eachPart(child(request, 'ItemIds')?.children ?? [], (id, index) => {
    const place = locateItem(session, id)
    checkItemFault(session, place, index)
    return done(element('m:Items', [showItem({ organisation, ...place, bodyType: shape.bodyType, isListing: false }, shape, version)]))
  })
}
