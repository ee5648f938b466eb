import type { MailferryError } from '../../../domain/errors.ts'
import type { ItemKey } from '../../../domain/mail.ts'
import type { Folder } from '../../mailServer.ts'
import { askEach } from './askEach.ts'
import { type MailboxItem, mailboxItemQuery, mailboxItemSchema } from './mailboxItemInfo.ts'
import { type Message, messageQuery, messageSchema } from './messageInfo.ts'
import { readJson } from './pages.ts'
import type { PropertyId } from './properties.ts'
import { asItemId, isGone, itemsIn, messagePath, type SessionContext, sessionError } from './sessionContext.ts'

export interface EntitiesAsked {
  readonly folder: Folder
  readonly keys: readonly ItemKey[]
  readonly signal: AbortSignal
  /** Query options, others than those for what the port wants to know. */
  readonly query?: string
  /** What can't be told of one item. Without it that ends everything. */
  readonly unanswerable?: (key: string, error: MailferryError) => void
}

/** Tells of each message that is still there. */
export async function eachMessage(
  context: SessionContext,
  { keys, signal, query = messageQuery, unanswerable }: EntitiesAsked,
  found: (key: string, message: Message) => void,
): Promise<void> {
  const operation = 'GET messages/{id}'
  await askEach(context, keys.map(asItemId), {
    operation,
    signal,
    ...(unanswerable && { unanswerable }),
    request: id => ({ method: 'GET', path: `${messagePath(context, id)}?${query}` }),
    answered(key, response) {
      if (isGone(response)) return
      if (response.error) throw sessionError(context, { operation }, response)
      found(key, readJson(context, messageSchema, response.json, operation))
    },
  })
}

/** Tells of each item of another class that is still there. */
export async function eachMailboxItem(
  context: SessionContext,
  { folder, keys, signal, unanswerable }: EntitiesAsked,
  found: (key: string, item: MailboxItem) => void,
  properties: readonly PropertyId[] = [],
): Promise<void> {
  const operation = 'GET items/{id}'
  const query = mailboxItemQuery(properties)
  await askEach(context, keys.map(asItemId), {
    operation,
    signal,
    ...(unanswerable && { unanswerable }),
    request: id => ({ method: 'GET', path: `${itemsIn(context, folder)}/${encodeURIComponent(id)}?${query}` }),
    answered(key, response) {
      if (isGone(response)) return
      if (response.error) throw sessionError(context, { operation }, response)
      found(key, readJson(context, mailboxItemSchema, response.json, operation))
    },
  })
}
