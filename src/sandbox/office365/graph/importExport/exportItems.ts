import { writeExport } from '../../../exchange/store/exportStream.ts'
import { type Answer, jsonAnswer } from '../../../http/answer.ts'
import { type GraphCall, jsonBody } from '../call.ts'
import { asGraphError, badRequest } from '../graphError.ts'
import { auxiliaryOf, changeKey, findItem } from '../ids.ts'
import { contextOf } from '../odata/page.ts'
import { permissions } from '../permit.ts'
import { openById, storeUrl } from './mailboxes.ts'

const most = 20

/** Items as opaque streams, 20 at most; one that can't be exported says so in its own answer. */
export function exportItems(call: GraphCall): Answer {
  const { mailbox } = openById(call, permissions.exportItems)
  const { itemIds } = jsonBody(call)
  if (!Array.isArray(itemIds) || itemIds.length === 0) throw badRequest('The itemIds parameter is missing.')
  if (itemIds.length > most) throw badRequest(`The number of items exceeds the maximum of ${most} per request.`)
  const { tenant } = call.site
  const value = itemIds.map((given, index) => {
    const id = String(given)
    try {
      const elsewhere = auxiliaryOf(tenant, mailbox, id)
      if (elsewhere)
        return {
          itemId: id,
          error: { code: 'ErrorArchiveFolderMovedPermanently', message: `${storeUrl(call.site, elsewhere.guid)}/exportItems` },
        }
      const item = findItem(tenant, mailbox, id)
      const fault = tenant.organisation.faults.item?.({
        operation: 'exportItems',
        mailboxGuid: mailbox.guid,
        subject: '',
        itemClass: item.itemClass,
        index,
      })
      if (fault) return { itemId: id, error: { code: fault, message: 'The item could not be exported.' } }
      return { itemId: id, changeKey: changeKey(tenant, item), data: writeExport(item, item.modified).toString('base64') }
    } catch (error) {
      const known = asGraphError(error)
      if (!known) throw error
      return { itemId: id, error: { code: known.code, message: known.message } }
    }
  })
  return jsonAnswer({ '@odata.context': contextOf(call, 'Collection(microsoft.graph.exportItemResponse)'), value })
}
