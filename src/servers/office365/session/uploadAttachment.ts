import { z } from 'zod'
import { heldParts } from '../../base64Body.ts'
import type { OutgoingItem } from '../../mailServer.ts'
import type { GraphResponse } from '../graph/graphTransport.ts'
import { type LaterFile, readerOf } from './laterFile.ts'
import { describedFile } from './newMessage.ts'
import { readJson } from './pages.ts'
import { type Asking, ask, sendOptions } from './send.ts'
import { refusalOf } from './sendWrite.ts'
import { beforeDeadline, messagePath } from './sessionContext.ts'
import { uploadRanges } from './uploadRanges.ts'
import type { Writing } from './writing.ts'

/** Bytes up to which a file goes in one request; Graph opens upload sessions for larger ones only. */
const mostAtOnce = 3 * 1024 * 1024

const sessionSchema = z.object({ uploadUrl: z.string().min(1) })

/**
 * Adds a file to a message of ours. Throws why it can't, and `item.changed` where its bytes are not as many as it said. A file that was added, though nobody heard
 * of it, may be there twice: whoever calls removes the message then.
 */
export async function addAttachment(writing: Writing, item: OutgoingItem, id: string, later: LaterFile, place: Buffer): Promise<void> {
  const { context, options } = writing
  const { file } = later
  const asking = { operation: 'POST attachments', signal: options.signal, beforeSend: beforeDeadline(context, options) }
  await context.options.meter?.took(file.size)
  if (file.size > mostAtOnce) return upload(writing, item, id, later, place, asking)
  const path = `${messagePath(context, id)}/attachments`
  const chunks = await readerOf(later, place, context.host)(0, file.size)
  const head = JSON.stringify(describedFile(file)).slice(0, -1)
  const content = {
    type: 'application/json',
    bytes: heldParts([`${head},"contentBytes":"`, { size: file.size, chunks }, '"}']),
  }
  // Once, for a second try could add a second one.
  const response = await context.transport.send({ method: 'POST', path, content, raw: true }, sendOptions(context, asking))
  if (response.error) throw refusalOf(context, asking.operation, item, response)
  // The answer has the whole file in it.
  for await (const _ of response.stream ?? []);
}

/** In another session, a file that is held begins anew. One that came as a stream can't, so its message is tried anew as a whole. */
async function upload(
  { context }: Writing,
  item: OutgoingItem,
  id: string,
  later: LaterFile,
  place: Buffer,
  asking: Asking,
): Promise<void> {
  const { file } = later
  const { name, type, contentId, isInline, size } = file
  const json = {
    AttachmentItem: { attachmentType: 'file', name, size, contentType: type, isInline, ...(contentId !== undefined && { contentId }) },
  }
  const path = `${messagePath(context, id)}/attachments/createUploadSession`
  for (let sessions = 1; ; sessions += 1) {
    const opened = await ask(context, { method: 'POST', path, json }, asking, ({ status }) => status === 413 || status === 404)
    if (opened.error) throw refusalOf(context, asking.operation, item, opened)
    const { uploadUrl } = readJson(context, sessionSchema, opened.json, asking.operation)
    const over = await uploadRanges(context, uploadUrl, { size, read: readerOf(later, place, context.host) }, asking)
    if (over === undefined) return
    if (!isOver(over) || sessions === mostSessions) throw refusalOf(context, asking.operation, item, over)
  }
}

/** A session that ended, or was forgotten, has made no attachment, and the next one begins anew. */
const isOver = ({ status }: GraphResponse): boolean => status === 401 || status === 404 || status === 410

const mostSessions = 3
