import { isError, MailferryError } from '../../../domain/errors.ts'
import type { OutgoingItem, WriteResult } from '../../mailServer.ts'
import { itemFlags, sameFlags, shownFlags } from '../../mapi/flags.ts'
import { parseMessage } from '../../mime/parseMessage.ts'
import { halfMark } from './marker.ts'
import { type Message, messageSchema } from './messageInfo.ts'
import { type NewMessage, newMessage } from './newMessage.ts'
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

const operation = 'POST messages'

/**
 * Makes a message of MIME, in one request where it fits: then it is there as a whole or not at all. With larger files it is marked as incomplete until all of
 * them are there; if one doesn't arrive the message is moved to the deleted items, and what even that can't reach is known by its mark.
 */
export async function createMessage(writing: Writing, item: OutgoingItem): Promise<WriteResult> {
  const { context, folder, options } = writing
  if (item.content.size > mostOfMessage) return { state: 'refused', error: tooLarge(item.content.size, mostOfMessage) }
  let made: NewMessage
  try {
    const parsed = await parseMessage('chunks' in item.content ? item.content.chunks : exactly(item.content.stream, item.content.size))
    made = newMessage(item, parsed, item.marker)
    if (made.later.length > 0) made = newMessage(item, parsed, halfMark(item.marker ?? ''))
    const text = Buffer.byteLength(parsed.html ?? parsed.plain ?? '') + parsed.head.length
    const request = text > mostOfRequest / 2 ? Buffer.byteLength(JSON.stringify(made.json)) : text
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
  return complete(writing, item, message, made)
}

async function complete(writing: Writing, item: OutgoingItem, { id }: Message, made: NewMessage): Promise<WriteResult> {
  const { context, options } = writing
  try {
    for (const file of made.later) await addAttachment(writing, item, id, file)
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

/** What a source gives that breaks off would otherwise be taken for a message. */
async function* exactly(stream: AsyncIterable<Buffer>, expected: number): AsyncGenerator<Buffer, void> {
  let actual = 0
  for await (const bytes of stream) {
    actual += bytes.length
    yield bytes
  }
  if (actual !== expected) throw new MailferryError('item.changed', { expected, actual })
}
