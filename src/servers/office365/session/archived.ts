import type { Folder } from '../../mailServer.ts'
import { eachMailboxItem } from './eachMessage.ts'
import { beside, type MailboxItem, mailboxItemQuery, mailboxItemSchema } from './mailboxItemInfo.ts'
import { pages, readJson } from './pages.ts'
import { itemsIn, type SessionContext } from './sessionContext.ts'

const pageSize = 500

/** An item that is gone by now, the next delta tells. */
export type Completing = (items: readonly MailboxItem[]) => Promise<readonly MailboxItem[]>

/**
 * A delta of items takes no `$expand` ("mailboxitem-delta"), so that of an archive's mail neither date nor flags come with it. For a whole folder they are listed beforehand; for what
 * changed they are asked for. Nothing for folders whose items have neither.
 */
export async function archived(
  context: SessionContext,
  folder: Folder,
  isWhole: boolean,
  signal: AbortSignal,
): Promise<Completing | undefined> {
  if (context.mail) return undefined
  const listed = isWhole ? await listAll(context, folder, signal) : new Map<string, MailboxItem>()
  return async items => {
    const keys = items.map(({ id }) => id).filter(id => !listed.has(id))
    const asked = new Map<string, MailboxItem>()
    await eachMailboxItem(context, { folder, keys, signal }, (key, item) => asked.set(key, item), beside(context))
    return items.flatMap(({ id }) => listed.get(id) ?? asked.get(id) ?? [])
  }
}

async function listAll(context: SessionContext, folder: Folder, signal: AbortSignal): Promise<Map<string, MailboxItem>> {
  const operation = 'GET items'
  const listed = new Map<string, MailboxItem>()
  const path = `${itemsIn(context, folder)}?${mailboxItemQuery(beside(context))}`
  for await (const { entities } of pages(context, path, { operation, folder, signal, pageSize })) {
    for (const entity of entities) {
      const item = readJson(context, mailboxItemSchema, entity, operation)
      listed.set(item.id, item)
    }
  }
  return listed
}
