import { z } from 'zod'
import { MailferryError } from '../../../domain/errors.ts'
import type { ItemInfo, ItemKey } from '../../../domain/mail.ts'
import type { Folder } from '../../mailServer.ts'
import type { GraphResponse } from '../graph/graphTransport.ts'
import { archived } from './archived.ts'
import { eachMessage } from './eachMessage.ts'
import { type MailboxItem, mailboxItemInfo, mailboxItemSchema, mailboxItemSelect } from './mailboxItemInfo.ts'
import { isEditable, type Message, messageDetails, messageInfo, messageQuery, messageSchema } from './messageInfo.ts'
import { pages, readJson } from './pages.ts'
import { holdsMessages, itemsIn, messagesIn, type SessionContext } from './sessionContext.ts'

/** Graph no longer knows the state that was given: HTTP 410, or Exchange's own words for it. Everything has to be listed anew ("delta-query-overview"). */
export class DeltaLost extends Error {}

export interface DeltaPage {
  /** Items that came or changed; which of the two, Graph doesn't say. */
  readonly present: readonly { readonly info: ItemInfo; readonly editable: boolean }[]
  readonly removed: readonly ItemKey[]
  /** On the last page. */
  readonly deltaLink?: string
}

const pageSize = 500

const removedSchema = z.object({ id: z.string(), '@removed': z.unknown() })

/** What happened in a folder since a state, or all of it without one, page by page; the last one has the next state. */
export async function* deltaPages(
  context: SessionContext,
  folder: Folder,
  deltaLink: string | undefined,
  signal: AbortSignal,
): AsyncGenerator<DeltaPage> {
  const isMail = holdsMessages(context, folder)
  const first = isMail ? `${messagesIn(context, folder)}/delta?${messageQuery}` : `${itemsIn(context, folder)}/delta?${mailboxItemSelect}`
  const operation = isMail ? 'GET messages/delta' : 'GET items/delta'
  const lost = (response: GraphResponse) => (deltaLink !== undefined && isLost(response) ? new DeltaLost() : undefined)
  const known = isMail ? undefined : await archived(context, folder, deltaLink === undefined, signal)
  let ended = false
  for await (const page of pages(context, deltaLink ?? first, { operation, folder, signal, pageSize }, lost)) {
    const present: { info: ItemInfo; editable: boolean }[] = []
    const removed: ItemKey[] = []
    const messages: Message[] = []
    const items: MailboxItem[] = []
    for (const entity of page.entities) {
      const gone = removedSchema.safeParse(entity)
      if (gone.success && gone.data['@removed'] !== undefined) removed.push(gone.data.id)
      else if (isMail) messages.push(readJson(context, messageSchema, entity, operation))
      else items.push(readJson(context, mailboxItemSchema, entity, operation))
    }
    for (const item of (await known?.(items)) ?? items) present.push({ info: mailboxItemInfo(item), editable: true })
    present.push(...(await whole(context, folder, messages, signal)).map(message => ofMessage(context, message)))
    ended = page.deltaLink !== undefined
    yield { present, removed, ...(page.deltaLink !== undefined && { deltaLink: page.deltaLink }) }
  }
  if (!ended) throw new MailferryError('server.protocol', { host: context.host, detail: `${operation} ends without a deltaLink` })
}

const isLost = ({ status, error }: GraphResponse): boolean =>
  status === 410 || /^(SyncState(NotFound|Invalid)|ErrorInvalidSyncStateData|resyncRequired)$/i.test(error?.code ?? '')

/** Details that a listing told are kept for so many items that are to be read; of others they are asked for. */
const mostDetails = 20_000

/** Of a message that was only read, or unread, a delta tells no more than that: the rest is asked for ("message-delta"). One that is gone by then, the next tells. */
async function whole(
  context: SessionContext,
  folder: Folder,
  messages: readonly Message[],
  signal: AbortSignal,
): Promise<readonly Message[]> {
  const found = new Map<string, Message>()
  const keys = messages.filter(isCut).map(({ id }) => id)
  await eachMessage(context, { folder, keys, signal }, (key, message) => found.set(key, { ...message, id: key }))
  return messages.flatMap(message => (isCut(message) ? (found.get(message.id) ?? []) : message))
}

const isCut = ({ receivedDateTime, createdDateTime }: Message): boolean => receivedDateTime == null && createdDateTime == null

function ofMessage(context: SessionContext, message: Message) {
  if (context.details.size < mostDetails) context.details.set(message.id, messageDetails(message))
  return { info: messageInfo(message), editable: isEditable(message) }
}
