import { MailferryError } from '../../../domain/errors.ts'
import { type ContentFormat, carries, type ItemDetails } from '../../../domain/mail.ts'
import type { Folder, ReadItem } from '../../mailServer.ts'
import { eachMailboxItem, eachMessage } from './eachMessage.ts'
import { messageDetails } from './messageInfo.ts'
import { holdsMessages, type SessionContext } from './sessionContext.ts'

export interface Reading {
  readonly context: SessionContext
  readonly folder: Folder
  readonly format: ContentFormat
  readonly signal: AbortSignal
}

export const notCarried = (itemClass: string, format: ContentFormat): MailferryError =>
  new MailferryError('item.notCarried', { itemClass, format })

export const unreadable = (response: string, cause?: unknown): MailferryError =>
  new MailferryError('item.unreadable', { response }, { cause })

/** What is known of items that are to be read as messages; `results` gets those that needn't be: gone, or of a class that no message is. */
export async function describe(
  { context, folder, format, signal }: Reading,
  ids: readonly string[],
  results: Map<string, ReadItem>,
): Promise<Map<string, ItemDetails>> {
  const details = new Map<string, ItemDetails>()
  for (const id of ids) {
    const told = context.details.get(id)
    context.details.delete(id)
    if (told) details.set(id, told)
  }
  const asked = {
    folder,
    keys: ids.filter(id => !details.has(id)),
    signal,
    unanswerable: (key: string, error: MailferryError) => void results.set(key, { key, error: unreadable(error.code, error) }),
  }
  if (holdsMessages(context, folder)) await eachMessage(context, asked, (key, message) => details.set(key, messageDetails(message)))
  else await eachMailboxItem(context, asked, (key, { type }) => details.set(key, { itemClass: type ?? 'IPM' }))
  for (const key of ids) {
    const itemClass = details.get(key)?.itemClass
    if (itemClass !== undefined && !(context.mail && carries(format, itemClass)))
      results.set(key, { key, error: notCarried(itemClass, format) })
    else if (itemClass === undefined && !results.has(key)) results.set(key, { key, gone: true })
  }
  return details
}
