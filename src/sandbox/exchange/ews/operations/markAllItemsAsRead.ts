import { flagsOf, messageFlags, setFlags } from '../../properties.ts'
import { asksForReceipt, isRead, sendReceipt } from '../../store/receipts.ts'
import { child, childText, type XmlElement } from '../../xml/tree.ts'
import { done, eachPart, type Result } from '../answer.ts'
import { locateFolder } from '../locate.ts'
import type { Session } from '../session.ts'

export function markAllItemsAsRead(request: XmlElement, session: Session): Result[] {
  const read = /^(true|1)$/.test(childText(request, 'ReadFlag')?.trim() ?? '')
  const suppressed = /^(true|1)$/.test(childText(request, 'SuppressReadReceipts')?.trim() ?? '')
  return eachPart(child(request, 'FolderIds')?.children ?? [], id => {
    const { mailbox, folder } = locateFolder(session, id)
    for (const item of [...folder.items.values()].filter(one => isRead(one) !== read)) {
      const flags = flagsOf(item.properties)
      setFlags(item.properties, read ? flags | messageFlags.read : flags & ~messageFlags.read)
      item.readChange = ++mailbox.lastChange
      if (read && asksForReceipt(item) && !suppressed) sendReceipt(session.organisation, mailbox, item, 'displayed')
    }
    return done()
  })
}
