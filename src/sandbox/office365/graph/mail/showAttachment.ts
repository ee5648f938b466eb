import type { Attachment as GraphAttachment } from '@microsoft/microsoft-graph-types'
import type { Attachment } from '../../../exchange/attachment.ts'
import type { Item } from '../../../exchange/item.ts'
import type { Mailbox } from '../../../exchange/mailbox.ts'
import type { GraphCall } from '../call.ts'
import { attachmentId } from '../ids.ts'

export const attachmentProperties = [
  'id',
  'lastModifiedDateTime',
  'name',
  'contentType',
  'size',
  'isInline',
  'contentId',
  'contentLocation',
  'contentBytes',
]

export const isItemAttachment = ({ contentType }: Attachment): boolean => contentType === 'message/rfc822'

/** A file comes with its bytes; an enclosed message without, until its `$value` is asked for. */
export function showAttachment(call: GraphCall, mailbox: Mailbox, item: Item, file: Attachment): GraphAttachment {
  const isItem = isItemAttachment(file)
  const shown = {
    '@odata.type': isItem ? '#microsoft.graph.itemAttachment' : '#microsoft.graph.fileAttachment',
    id: attachmentId(call.site.tenant, mailbox, item, file.number),
    lastModifiedDateTime: `${new Date(file.modified).toISOString().slice(0, 19)}Z`,
    name: file.name,
    contentType: isItem ? null : file.contentType,
    size: file.size,
    isInline: file.isInline,
    ...(!isItem && {
      contentId: file.contentId ?? null,
      contentLocation: null,
      contentBytes: file.content().toString('base64'),
    }),
  }
  return shown
}
