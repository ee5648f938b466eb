import type { Attachment } from '../../../exchange/attachment.ts'
import type { ItemContent } from '../../../exchange/item.ts'
import { composeMessage } from '../../../exchange/mime/composeMessage.ts'
import type { GraphCall } from '../call.ts'
import { badRequest, GraphError } from '../graphError.ts'

/** Bytes of a file that may come within a request; larger ones need an upload session. */
export const mostInline = 3 * 1024 * 1024

/** What a message in JSON consists of. */
export type ContentOf = (body: Readonly<Record<string, unknown>>) => ItemContent

/** An attachment as a client gives it: a file in base64, or a message in JSON. */
export function newAttachment(call: GraphCall, given: unknown, number: number, contentOf: ContentOf): Attachment {
  // An object's members are unknown until they are looked at.
  const body = typeof given === 'object' && given !== null ? (given as Readonly<Record<string, unknown>>) : {}
  const type = body['@odata.type']
  const name = body['name']
  if (typeof name !== 'string' || name === '')
    throw new GraphError(400, 'ErrorInvalidRequest', 'Required property is missing. Property Name: Name')
  if (type === '#microsoft.graph.itemAttachment') {
    const item = body['item']
    if (typeof item !== 'object' || item === null) throw badRequest('An itemAttachment needs its item.')
    // As above.
    const content = composeMessage(contentOf(item as Readonly<Record<string, unknown>>))
    return file(call, number, { name, contentType: 'message/rfc822' }, content)
  }
  if (type !== '#microsoft.graph.fileAttachment')
    throw badRequest("The property '@odata.type' is missing or has a value that isn't supported: an attachment is a file or an item.")
  const text = body['contentBytes']
  if (typeof text !== 'string')
    throw new GraphError(400, 'ErrorInvalidRequest', 'Required property is missing. Property Name: ContentBytes')
  const content = Buffer.from(text, 'base64')
  if (content.length > mostInline) throw tooLarge()
  const { contentType, contentId, isInline } = body
  return file(
    call,
    number,
    {
      name,
      contentType: typeof contentType === 'string' ? contentType : 'application/octet-stream',
      contentId: typeof contentId === 'string' ? contentId : undefined,
      isInline: isInline === true,
    },
    content,
  )
}

export const tooLarge = (): GraphError => new GraphError(413, 'ErrorMessageSizeExceeded', 'The message exceeds the maximum supported size.')

interface Named {
  readonly name: string
  readonly contentType: string
  readonly contentId?: string | undefined
  readonly isInline?: boolean
}

export const file = (
  { now }: Pick<GraphCall, 'now'>,
  number: number,
  { name, contentType, contentId, isInline = false }: Named,
  content: Buffer,
): Attachment => ({
  number,
  name,
  contentType,
  contentId,
  isInline,
  size: content.length,
  content: () => content,
  modified: now,
})
