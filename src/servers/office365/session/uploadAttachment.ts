import { z } from 'zod'
import { isError, type MailferryError } from '../../../domain/errors.ts'
import type { OutgoingItem } from '../../mailServer.ts'
import type { Attachment } from '../../mime/parseMessage.ts'
import type { GraphResponse } from '../graph/graphTransport.ts'
import { fileAttachment } from './newMessage.ts'
import { readJson } from './pages.ts'
import { type Asking, ask, createPatience, sendOptions } from './send.ts'
import { refusalOf } from './sendWrite.ts'
import { beforeDeadline, messagePath } from './sessionContext.ts'
import type { Writing } from './writing.ts'

/** Bytes up to which a file goes in one request; Graph opens upload sessions for larger ones only. */
const mostAtOnce = 3 * 1024 * 1024

/** Bytes of one range: below the 4 MB that a range may have. */
const rangeSize = 12 * 320 * 1024

const sessionSchema = z.object({ uploadUrl: z.string().min(1) })
const progressSchema = z.object({ nextExpectedRanges: z.array(z.string()).optional() })

/** Adds a file to a message of ours. Throws why it can't. A file that was added, though nobody heard of it, may be there twice: whoever calls removes the message then. */
export async function addAttachment(writing: Writing, item: OutgoingItem, id: string, file: Attachment): Promise<void> {
  const { context, options } = writing
  const asking = { operation: 'POST attachments', signal: options.signal, beforeSend: beforeDeadline(context, options) }
  await context.options.meter?.took(file.size)
  if (file.size > mostAtOnce) return upload(writing, item, id, file, asking)
  const path = `${messagePath(context, id)}/attachments`
  // Once, for a second try could add a second one.
  const response = await context.transport.send({ method: 'POST', path, json: fileAttachment(file) }, sendOptions(context, asking))
  if (response.error) throw refusalOf(context, asking.operation, item, response)
}

async function upload({ context }: Writing, item: OutgoingItem, id: string, file: Attachment, asking: Asking): Promise<void> {
  const { name, type, contentId, isInline, size } = file
  const json = {
    AttachmentItem: { attachmentType: 'file', name, size, contentType: type, isInline, ...(contentId !== undefined && { contentId }) },
  }
  const path = `${messagePath(context, id)}/attachments/createUploadSession`
  const opened = await ask(context, { method: 'POST', path, json }, asking, ({ status }) => status === 413)
  if (opened.error) throw refusalOf(context, asking.operation, item, opened)
  const { uploadUrl } = readJson(context, sessionSchema, opened.json, asking.operation)
  const patience = createPatience(context, asking)
  for (let at = 0; at < size; ) {
    const length = Math.min(rangeSize, size - at)
    const headers = { 'content-range': `bytes ${at}-${at + length - 1}/${size}` }
    const content = { type: 'application/octet-stream', bytes: rangeOf(file.chunks, at, length) }
    try {
      const response = await context.transport.sendTo(uploadUrl, { method: 'PUT', headers, content }, sendOptions(context, asking))
      if (response.error) throw refusalOf(context, asking.operation, item, response)
      at += length
      patience.progress()
    } catch (thrown) {
      // The last range makes it an attachment, which can't be asked for here.
      if (at + length >= size || !isInterruption(thrown)) throw thrown
      await patience.after(thrown)
      at = await expected(uploadUrl)
    }
  }

  /** How far the server got. */
  async function expected(url: string): Promise<number> {
    const response: GraphResponse = await context.transport.sendTo(url, { method: 'GET' }, sendOptions(context, asking))
    if (response.error) throw refusalOf(context, asking.operation, item, response)
    const [next = '0'] = readJson(context, progressSchema, response.json, asking.operation).nextExpectedRanges ?? []
    return Number.parseInt(next, 10)
  }
}

/** Some bytes of a file where they lie: a large one is not held twice. */
export function rangeOf(chunks: readonly Buffer[], from: number, length: number): Buffer[] {
  const range: Buffer[] = []
  let at = 0
  for (const chunk of chunks) {
    const part = chunk.subarray(Math.max(0, from - at), Math.max(0, from + length - at))
    if (part.length > 0) range.push(part)
    at += chunk.length
  }
  return range
}

const isInterruption = (thrown: unknown): thrown is MailferryError => isError(thrown, 'server.busy', 'server.dropped', 'server.stalled')
