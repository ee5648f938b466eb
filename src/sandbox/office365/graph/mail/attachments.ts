import type { Attachment } from '../../../exchange/attachment.ts'
import { checkRoom } from '../../../exchange/ews/placing.ts'
import type { Item } from '../../../exchange/item.ts'
import type { Mailbox } from '../../../exchange/mailbox.ts'
import { touchItem } from '../../../exchange/store/addItem.ts'
import type { Answer } from '../../../http/answer.ts'
import { type GraphCall, jsonBody, pageSize, routeValue } from '../call.ts'
import { GraphError, itemNotFound } from '../graphError.ts'
import { attachmentNumber } from '../ids.ts'
import { nothing } from '../nothing.ts'
import { entityAnswer, page, resumed } from '../odata/page.ts'
import { project, selected } from '../odata/select.ts'
import { openMailbox, type Permission, permissions } from '../permit.ts'
import { ofJson } from './createMessage.ts'
import { messageOf } from './messages.ts'
import { newAttachment } from './newAttachment.ts'
import { attachmentProperties, showAttachment } from './showAttachment.ts'

const place = (call: GraphCall, permission: Permission): { readonly mailbox: Mailbox; readonly item: Item } => {
  const { mailbox } = openMailbox(call, permission)
  return { mailbox, item: messageOf(call, mailbox) }
}

function attachmentOf(call: GraphCall, item: Item): Attachment {
  const number = attachmentNumber(call.site.tenant, item, routeValue(call, 'attachment'))
  const found = item.attachments.find(one => one.number === number)
  if (!found) throw itemNotFound()
  return found
}

export function listAttachments(given: GraphCall): Answer {
  const { call, offset } = resumed(given)
  const { mailbox, item } = place(call, permissions.readMail)
  const select = selected(call, 'attachment', attachmentProperties)
  return page(call, {
    context: 'attachments',
    entities: item.attachments,
    offset,
    size: pageSize(call, 100, 1000),
    show: file => project(showAttachment(call, mailbox, item, file), select),
  })
}

export function getAttachment(call: GraphCall): Answer {
  const { mailbox, item } = place(call, permissions.readMail)
  return entityAnswer(call, 'attachments/$entity', showAttachment(call, mailbox, item, attachmentOf(call, item)))
}

/** A file's bytes; an enclosed message's MIME. */
export function getAttachmentContent(call: GraphCall): Answer {
  const { item } = place(call, permissions.readMail)
  const { contentType, content } = attachmentOf(call, item)
  return { status: 200, headers: { 'content-type': contentType }, body: content() }
}

export function postAttachment(call: GraphCall): Answer {
  const { mailbox, item } = place(call, permissions.writeMail)
  const file = newAttachment(call, jsonBody(call), nextNumber(item), inner => ofJson(call, inner))
  attach(call, mailbox, item, file)
  return entityAnswer(call, 'attachments/$entity', showAttachment(call, mailbox, item, file), 201)
}

export const nextNumber = ({ attachments }: Item): number => Math.max(0, ...attachments.map(({ number }) => number)) + 1

export function attach({ site, now }: Pick<GraphCall, 'site' | 'now'>, mailbox: Mailbox, item: Item, file: Attachment): void {
  const { organisation } = site.tenant
  const total = item.size + file.size
  if (total > organisation.limits.maxMessageSize)
    throw new GraphError(413, 'ErrorMessageSizeExceeded', 'The message exceeds the maximum supported size.')
  checkRoom(site.tenant, mailbox, { ...item, mime: undefined, attachments: [file] })
  item.attachments = [...item.attachments, file]
  touchItem(mailbox, item, now)
}

export function deleteAttachment(call: GraphCall): Answer {
  const { mailbox, item } = place(call, permissions.writeMail)
  const gone = attachmentOf(call, item)
  item.attachments = item.attachments.filter(file => file !== gone)
  touchItem(mailbox, item, call.now)
  return nothing()
}
