import type { Attachment } from '../attachment.ts'
import { childText, type XmlElement } from '../xml/tree.ts'
import { EwsError } from './ewsError.ts'

/** An attachment as a client gives it. Only files: an item in an item would have to be built, and nobody here does. */
export function newAttachment(given: XmlElement, number: number, now: number): Attachment {
  if (given.name !== 'FileAttachment') throw new EwsError('ErrorInvalidOperation', 'Item attachments can only come in MIME.')
  const content = Buffer.from(childText(given, 'Content') ?? '', 'base64')
  const contentId = childText(given, 'ContentId')
  return {
    number,
    name: childText(given, 'Name') ?? '',
    contentType: childText(given, 'ContentType') ?? 'application/octet-stream',
    contentId,
    isInline: childText(given, 'IsInline') === 'true',
    size: content.length,
    content: () => content,
    modified: now,
  }
}
