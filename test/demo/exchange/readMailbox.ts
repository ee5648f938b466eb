import { createHash } from 'node:crypto'
import type { Item } from '../../../src/sandbox/exchange/item.ts'
import type { Mailbox } from '../../../src/sandbox/exchange/mailbox.ts'
import { flagsOf, keys, messageFlags, textOf } from '../../../src/sandbox/exchange/properties.ts'
import { pathOf } from '../../support/exchangeMailbox.ts'
import type { MailboxSnapshot, MessageSnapshot } from '../../support/snapshot.ts'

/** Reads a mailbox from the organisation's own store, with no EWS in between. @param except items that aren't of interest. */
export function readMailbox(mailbox: Mailbox, except: ReadonlySet<Item> = new Set()): MailboxSnapshot {
  const folders = new Map<string, MessageSnapshot[]>()
  for (const folder of mailbox.folders.values()) {
    const path = pathOf(mailbox, folder)
    if (path === undefined || path.length === 0) continue
    const items = [...folder.items.values()].filter(item => !except.has(item))
    folders.set(path.join('/'), items.map(readItem))
  }
  return { folders, subscriptions: [] }
}

/** Properties that have columns of their own. */
const apart: ReadonlySet<string> = new Set([keys.messageFlags, keys.flagStatus, keys.keywords, keys.deliveryTime])

/** Mailferry's marker lies in a property set of its own, which no mail program shows. */
const markers = 'b652d3d7-8e65-4de2-aeb9-3219afd232e4/'

function readItem({ number, itemClass, mime, properties, elements, attachments }: Item): MessageSnapshot {
  const others = [...properties].filter(([key]) => !apart.has(key) && !key.startsWith(markers))
  const described = JSON.stringify([itemClass, others.sort(byKey), [...elements].sort(byKey), attachments.map(({ name }) => name)])
  const hash = createHash('sha256').update(described)
  for (const part of mime ? [mime] : attachments.map(({ content }) => content())) hash.update(part)
  const bits = flagsOf(properties)
  const followUp = textOf(properties, keys.flagStatus)
  return {
    uid: number,
    sha256: hash.digest('hex'),
    size: mime?.length ?? Buffer.byteLength(described),
    flags: [
      ...(bits & messageFlags.unsent ? ['draft'] : []),
      ...(followUp === '2' ? ['flagged'] : followUp === '1' ? ['complete'] : []),
      ...(bits & messageFlags.read ? ['read'] : []),
    ],
    keywords: [...(properties.get(keys.keywords)?.value ?? [])].sort(),
    received: Date.parse(textOf(properties, keys.deliveryTime) ?? '1970-01-01T00:00:00Z'),
  }
}

const byKey = ([a]: readonly [string, unknown], [b]: readonly [string, unknown]): number => (a < b ? -1 : 1)
