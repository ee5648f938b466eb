import type { Item } from '../../src/sandbox/exchange/item.ts'
import type { Mailbox } from '../../src/sandbox/exchange/mailbox.ts'
import { flagsOf, keys, messageFlags, setFlags } from '../../src/sandbox/exchange/properties.ts'
import { removeItem, touchItem } from '../../src/sandbox/exchange/store/addItem.ts'
import { moveItem } from '../../src/sandbox/exchange/store/copyItem.ts'
import { makeMessage } from '../support/corpus/message.ts'
import { editItem, folderAt, putMail, viewOf } from '../support/exchangeMailbox.ts'
import type { SeedFolder, SeedMessage } from '../support/mailbox.ts'
import type { Random } from '../support/random.ts'
import type { Side } from './side.ts'

/** What a scene does with mailboxes of the sandbox, whichever protocol reaches them. */
export function withStores(stores: readonly Stores[]): Pick<Side, 'fill' | 'work' | 'view'> {
  const storeOf = (index: number): Stores => {
    const store = stores[index]
    if (!store) throw new Error(`no mailbox ${index}`)
    return store
  }
  return {
    fill: async (index, folders) => fill(storeOf(index), folders),
    work: async (index, random) => {
      const { mailbox, archive } = storeOf(index)
      workOver(mailbox, random)
      if (archive) workOver(archive, random)
    },
    async view(index, options) {
      const { mailbox, archive } = storeOf(index)
      const archived = archive ? await viewOf(archive, options) : new Map<string, never>()
      return new Map([
        ...(await viewOf(mailbox, options)),
        ...[...archived].map(([name, mails]) => [`In-Place Archive/${name}`, mails] as const),
      ])
    },
  }
}

/** A person's mailbox, and the archive where there is one. */
interface Stores {
  readonly mailbox: Mailbox
  readonly archive?: Mailbox
}

/** Every third message is archived, where there is an archive. */
function fill({ mailbox, archive }: Stores, folders: Iterable<SeedFolder>): void {
  let count = 0
  for (const { path, messages = [] } of folders) {
    folderAt(mailbox, path)
    for (const message of messages) {
      const number = count++
      putMail(archive && number % 3 === 0 ? archive : mailbox, path, asNewMail(message, number))
    }
  }
}

/** As its flags in IMAP say; some are important, and what is to be followed up has dates. */
function asNewMail({ body, flags = [], received = new Date() }: SeedMessage, number: number): Parameters<typeof putMail>[2] {
  const has = (flag: string): boolean => flags.includes(flag)
  return {
    mime: Buffer.from(body),
    received: received.getTime(),
    read: has('\\Seen'),
    draft: has('\\Draft'),
    categories: flags.filter(flag => !flag.startsWith('\\') && flag !== '$Forwarded'),
    ...(has('\\Answered') ? { answered: 'replied' as const } : has('$Forwarded') && { answered: 'forwarded' as const }),
    ...(has('\\Flagged') && { followUp: 'flagged' as const, due: received.getTime() + 86_400_000 }),
    ...(number % 7 === 0 && { importance: number % 2 === 0 ? ('high' as const) : ('low' as const) }),
  }
}

function workOver(store: Mailbox, random: Random): void {
  const take = (path: readonly string[], count: number): Item[] => {
    const items = [...folderAt(store, path).items.values()]
    return Array.from({ length: Math.min(count, items.length) }, () => items.splice(random.between(0, items.length - 1), 1)).flat()
  }
  const mark = (item: Item, isRead: boolean, categories: readonly string[]): void => {
    const bits = flagsOf(item.properties)
    setFlags(item.properties, isRead ? bits | messageFlags.read : bits & ~messageFlags.read)
    item.properties.set(keys.keywords, { type: 'StringArray', value: categories })
    touchItem(store, item, Date.now())
  }
  const [first, second, third, fourth, gone, ...moving] = take(['INBOX'], 8)
  for (const item of [first, second]) if (item) mark(item, true, ['Work', 'Red category'])
  for (const item of [third, fourth]) if (item) mark(item, false, [])
  if (gone) removeItem(store, gone)
  for (const item of moving) moveItem(store, item, store, folderAt(store, ['Projekte']))
  for (const item of take(['Projekte'], 1)) moveItem(store, item, store, folderAt(store, ['INBOX']))
  for (const item of take(['Drafts'], 2)) {
    const id = `edited.${random.between(0, 0xffffffff).toString(36)}`
    editItem(store, item, makeMessage(random, { size: random.between(700, 3000), sent: new Date(), id, withoutMessageId: false }))
  }
}
