import { contentPrint } from '../../src/migration/content/contentPrint.ts'
import type { Person } from '../../src/sandbox/exchange/directory.ts'
import type { Item } from '../../src/sandbox/exchange/item.ts'
import { folderName } from '../../src/sandbox/exchange/language.ts'
import { addFolder, childNamed, distinguishedFolder, type Folder, type Mailbox } from '../../src/sandbox/exchange/mailbox.ts'
import { readMessage } from '../../src/sandbox/exchange/mime/readMessage.ts'
import { mailboxOf, type Organisation } from '../../src/sandbox/exchange/organisation.ts'
import { flagsOf, keys, messageFlags, setFlags, systemTime, textOf } from '../../src/sandbox/exchange/properties.ts'
import { touchItem } from '../../src/sandbox/exchange/store/addItem.ts'
import { storeMessage } from '../../src/sandbox/exchange/store/storeMessage.ts'

/** A message of either kind of server, as far as both can keep it. */
export interface MailView {
  /** What counts as the same message, whoever composed it. */
  readonly content: string
  /** As the migration has them: system flags and keywords, sorted. */
  readonly flags: readonly string[]
  /** Milliseconds since the epoch. */
  readonly received: number
}

/** Messages by folder, its names joined by `/`; those of one folder sorted, to be compared as a multiset. */
export type MailboxView = ReadonlyMap<string, readonly MailView[]>

export const inOrder = (mails: Iterable<MailView>): MailView[] =>
  [...mails].sort((a, b) => (JSON.stringify([a.content, a.received, a.flags]) < JSON.stringify([b.content, b.received, b.flags]) ? -1 : 1))

export function storeOf(organisation: Organisation, person: Person): Mailbox {
  const mailbox = mailboxOf(organisation, person)
  if (!mailbox) throw new Error(`${person.displayName} has no mailbox`)
  return mailbox
}

/** A folder by its path, made where it is missing. */
export function folderAt(mailbox: Mailbox, path: readonly string[], folderClass = 'IPF.Note'): Folder {
  let folder = distinguishedFolder(mailbox, 'msgfolderroot')
  for (const name of path) {
    const known =
      [...mailbox.distinguished.values()].find(one => one.parent === folder && nameOf(one) === name) ?? childNamed(mailbox, folder, name)
    folder = known ?? addFolder(mailbox, folder, { displayName: name, folderClass })
  }
  return folder
}

/** Whatever language a mailbox speaks: its inbox is `INBOX`, and the other folders everybody has are called as in English. */
function nameOf({ distinguished, displayName }: Folder): string {
  if (distinguished === 'inbox') return 'INBOX'
  return distinguished ? folderName(distinguished, 'en') : displayName
}

export interface NewMail {
  readonly mime: string
  readonly received: number
  readonly read?: boolean
  readonly categories?: readonly string[]
  readonly followUp?: 'flagged' | 'complete'
  readonly draft?: boolean
  readonly importance?: 'low' | 'high'
}

/** Puts a message into a mailbox as the server would have. */
export function putMail(mailbox: Mailbox, path: readonly string[], mail: NewMail): Item {
  const { received, read = false, categories = [], followUp, draft = false } = mail
  const item = storeMessage(mailbox, folderAt(mailbox, path), Buffer.from(mail.mime.replaceAll('\n', '\r\n')), {
    received,
    isRead: read,
    categories,
  })
  const { properties } = item
  if (draft) setFlags(properties, flagsOf(properties) | messageFlags.unsent)
  if (followUp) properties.set(keys.flagStatus, { type: 'Integer', value: followUp === 'flagged' ? '2' : '1' })
  if (followUp === 'complete') properties.set(keys.flagCompleteTime, { type: 'SystemTime', value: systemTime(received) })
  return item
}

/** Gives the message that was received then another content, in its place, as a mail program does with a draft. */
export function editMail(mailbox: Mailbox, received: number, mime: string): void {
  const item = [...mailbox.items.values()].find(({ properties }) => textOf(properties, keys.deliveryTime) === systemTime(received))
  const content = readMessage(Buffer.from(mime.replaceAll('\n', '\r\n')), received)
  if (!item || !content) throw new Error('nothing to edit')
  const flags = flagsOf(item.properties)
  for (const [key, property] of content.properties) item.properties.set(key, property)
  setFlags(item.properties, flags)
  for (const [name, element] of content.elements) item.elements.set(name, element)
  Object.assign(item, { mime: content.mime, attachments: content.attachments })
  touchItem(mailbox, item, Date.now())
}

/** All mail folders of a mailbox that hold anything, read from the store itself. */
export async function viewOf(mailbox: Mailbox): Promise<MailboxView> {
  const view = new Map<string, MailView[]>()
  for (const folder of mailbox.folders.values()) {
    const path = pathOf(mailbox, folder)
    if (path === undefined || folder.items.size === 0 || !/^IPF\.Note/.test(folder.folderClass)) continue
    const mails = await Promise.all([...folder.items.values()].map(viewOfItem))
    view.set(path.join('/'), inOrder(mails))
  }
  return view
}

/** What isn't mail: how many of which class lie in which folder. */
export function othersIn(mailbox: Mailbox): Record<string, number> {
  const counts: Record<string, number> = {}
  for (const { folder, itemClass } of mailbox.items.values()) {
    if (/^IPF\.Note/.test(folder.folderClass) || pathOf(mailbox, folder) === undefined) continue
    const name = `${folder.displayName}: ${itemClass}`
    counts[name] = (counts[name] ?? 0) + 1
  }
  return counts
}

async function viewOfItem({ mime, properties }: Item): Promise<MailView> {
  const bits = flagsOf(properties)
  const status = textOf(properties, keys.flagStatus)
  const categories = properties.get(keys.keywords)?.value ?? []
  return {
    content: await contentPrint([mime ?? Buffer.alloc(0)]),
    flags: [
      ...(bits & messageFlags.read ? ['\\Seen'] : []),
      ...(bits & messageFlags.unsent ? ['\\Draft'] : []),
      ...(status === '2' ? ['\\Flagged'] : status === '1' ? ['$Completed'] : []),
      ...categories,
    ].sort(),
    received: Date.parse(textOf(properties, keys.deliveryTime) ?? ''),
  }
}

/** Names from the top of what a person sees; undefined for what lies beside it. */
export function pathOf(mailbox: Mailbox, folder: Folder): readonly string[] | undefined {
  if (folder === distinguishedFolder(mailbox, 'msgfolderroot')) return []
  const above = folder.parent && pathOf(mailbox, folder.parent)
  return above && [...above, nameOf(folder)]
}
