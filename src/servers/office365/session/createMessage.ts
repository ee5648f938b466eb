import { isError, MailferryError } from '../../../domain/errors.ts'
import type { OutgoingItem, WriteResult } from '../../mailServer.ts'
import { itemFlags, sameFlags, shownFlags } from '../../mapi/flags.ts'
import { fileBytes } from '../../mime/fileBytes.ts'
import { type Attachment, type ParsedMessage, parseMessage } from '../../mime/parseMessage.ts'
import { createPlace, type LaterFile } from './laterFile.ts'
import { halfMark } from './marker.ts'
import { type Message, messageSchema } from './messageInfo.ts'
import { mostInRequest, type NewMessage, newMessage } from './newMessage.ts'
import { readJson } from './pages.ts'
import { removeHalf } from './removeHalf.ts'
import { mostOfMessage, refusalOf, sendWrite } from './sendWrite.ts'
import { beforeDeadline, messagesIn } from './sessionContext.ts'
import { markerChange } from './stamp.ts'
import { updateMessages } from './updateMessages.ts'
import { addAttachment } from './uploadAttachment.ts'
import type { Writing } from './writing.ts'

/** Bytes of a request: Graph takes 4 MB ("outlook-large-attachments"), and a text can't be added once a message is no draft ("message-update"). */
const mostOfRequest = 4_000_000

/** Bytes of a message up to which its files are held until they are sent. Of a larger one they are sent while it is read once more. */
const mostHeld = 8_000_000

const operation = 'POST messages'

/**
 * Makes a message of MIME, in one request where it fits: then it is there as a whole or not at all. With larger files it is marked as incomplete until all of
 * them are there; if one doesn't arrive the message is moved to the deleted items, and what even that can't reach is known by its mark.
 */
export async function createMessage(writing: Writing, item: OutgoingItem): Promise<WriteResult> {
  const { context, folder, options } = writing
  if (item.content.size > mostOfMessage) return { state: 'refused', error: tooLarge(item.content.size, mostOfMessage) }
  let parsed: ParsedMessage
  let made: NewMessage
  try {
    parsed = await parseMessage(bytesOf(item), {
      mostText: mostOfRequest,
      ...(item.content.size > mostHeld && 'stream' in item.content && { mostFiles: mostInRequest }),
    })
    made = newMessage(item, parsed, item.marker)
    if (made.later.length > 0) made = newMessage(item, parsed, halfMark(item.marker ?? ''))
    const text = parsed.textSize + parsed.head.length
    const request = text > mostOfRequest / 2 && text <= mostOfRequest ? Buffer.byteLength(JSON.stringify(made.json)) : text
    if (request > mostOfRequest)
      return { state: 'refused', error: new MailferryError('item.textTooLarge', { size: text, limit: mostOfRequest }) }
  } catch (thrown) {
    return {
      state: 'refused',
      error: isError(thrown) ? thrown : new MailferryError('internal', { detail: String(thrown) }, { cause: thrown }),
    }
  }
  const sent = await sendWrite(context, {
    operation,
    options,
    size: item.content.size,
    mayRepeat: true,
    send: sending => context.transport.send({ method: 'POST', path: messagesIn(context, folder), json: made.json }, sending),
  })
  if (sent.state !== 'answered') return sent
  if (sent.response.error) return { state: 'refused', error: refusalOf(context, operation, item, sent.response) }
  const message = readJson(context, messageSchema, sent.response.json, operation)
  if (made.later.length === 0) return written(item, message, made)
  return complete(writing, item, message, parsed, made)
}

async function complete(
  writing: Writing,
  item: OutgoingItem,
  { id }: Message,
  parsed: ParsedMessage,
  made: NewMessage,
): Promise<WriteResult> {
  const { context, options } = writing
  try {
    const place = createPlace()
    for await (const later of filesOf(item, parsed, made.later)) await addAttachment(writing, item, id, later, place)
    const change = markerChange(item.marker ?? '')
    const message = (await updateMessages(context, new Map([[id, change]]), options)).get(id)
    if (message) return written(item, message, made)
    return { state: 'unknown', error: new MailferryError('server.protocol', { host: context.host, detail: 'a new message that is gone' }) }
  } catch (thrown) {
    if (!isError(thrown)) throw thrown
    try {
      await removeHalf(context, [id], options.signal, beforeDeadline(context, options))
      return { state: 'refused', error: thrown }
    } catch {
      return { state: 'unknown', error: thrown }
    }
  }
}

function written(item: OutgoingItem, { id, changeKey }: Message, { losses }: NewMessage): WriteResult {
  const shown = shownFlags(itemFlags(item.info.flags))
  return {
    state: 'written',
    key: id,
    ...(changeKey != null && { version: changeKey }),
    ...(!sameFlags(shown, item.info.flags) && { flags: shown }),
    ...(losses.length > 0 && { losses }),
  }
}

const tooLarge = (size: number, limit: number): MailferryError => new MailferryError('item.tooLarge', { size, limit })

/** Files with their bytes: those that are held, or all as they come when the message is read once more. */
async function* filesOf(item: OutgoingItem, parsed: ParsedMessage, wanted: readonly Attachment[]): AsyncGenerator<LaterFile, void> {
  if (wanted.every(({ chunks }) => chunks)) return yield* wanted.map(file => ({ file, bytes: untilEnd(nothing()) }))
  const parts = fileBytes(bytesOf(item), parsed)
  try {
    for (const file of parsed.attachments) {
      const bytes = untilEnd(parts)
      if (wanted.includes(file)) yield { file, bytes }
      for await (const _ of bytes);
    }
  } finally {
    await parts.return()
  }
}

async function* nothing(): AsyncGenerator<never, void> {}

async function* untilEnd(parts: AsyncIterator<Buffer | 'end'>): AsyncGenerator<Buffer, void> {
  for (let part = await parts.next(); !part.done && part.value !== 'end'; part = await parts.next()) yield part.value
}

/** What a source gives that breaks off would otherwise be taken for a message. */
async function* bytesOf({ content }: OutgoingItem): AsyncGenerator<Buffer, void> {
  if ('chunks' in content) return yield* content.chunks
  let actual = 0
  for await (const bytes of content.stream) {
    actual += bytes.length
    yield bytes
  }
  if (actual !== content.size) throw new MailferryError('item.changed', { expected: content.size, actual })
}
