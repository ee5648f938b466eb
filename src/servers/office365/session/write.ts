import { MailferryError } from '../../../domain/errors.ts'
import type { OutgoingItem, WriteResult } from '../../mailServer.ts'
import { createMessage } from './createMessage.ts'
import { writeComplete } from './writeComplete.ts'
import type { Writing } from './writing.ts'

/** Nothing makes messages in an archive. */
const refused = ({ format, details }: OutgoingItem): WriteResult => ({
  state: 'refused',
  error: new MailferryError('item.notCarried', { itemClass: details?.itemClass ?? 'IPM.Note', format }),
})

/** Messages under way at once: as many as Graph lets through of one mailbox. */
const atOnce = 4

/** Writes items to a folder. Answers one result for each item, in order. */
export async function write(writing: Writing, items: readonly OutgoingItem[]): Promise<readonly WriteResult[]> {
  const results = await writeComplete(
    writing,
    items.filter(({ format }) => format !== 'rfc822'),
  )
  const open = items.filter(({ format }) => format === 'rfc822')
  const work = async () => {
    for (let item = open.shift(); item; item = open.shift())
      results.set(item, writing.context.mail ? await createMessage(writing, item) : refused(item))
  }
  await Promise.all(Array.from({ length: Math.min(atOnce, open.length) }, work))
  return items.map(
    item => results.get(item) ?? { state: 'unknown', error: new MailferryError('internal', { detail: 'an item without a result' }) },
  )
}
