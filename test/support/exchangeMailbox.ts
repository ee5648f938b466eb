import { contentPrint } from '../../src/migration/content/contentPrint.ts'
import type { Person } from '../../src/sandbox/exchange/directory.ts'
import type { Item } from '../../src/sandbox/exchange/item.ts'
import { folderName } from '../../src/sandbox/exchange/language.ts'
import { addFolder, childNamed, distinguishedFolder, type Folder, type Mailbox } from '../../src/sandbox/exchange/mailbox.ts'
import { composeMessage } from '../../src/sandbox/exchange/mime/composeMessage.ts'
import { readMessage } from '../../src/sandbox/exchange/mime/readMessage.ts'
import { mailboxOf, type Organisation } from '../../src/sandbox/exchange/organisation.ts'
import { flagsOf, keys, messageFlags, setFlags, systemTime, textOf } from '../../src/sandbox/exchange/properties.ts'
import { addItem, touchItem } from '../../src/sandbox/exchange/store/addItem.ts'
import { storeMessage } from '../../src/sandbox/exchange/store/storeMessage.ts'

/** A message of either kind of server, as far as both can keep it. */
export interface MailView {
  /** What counts as the same message, whoever composed it. */
  readonly content: string
  /** As the migration has them: system flags and keywords, sorted. */
  readonly flags: readonly string[]
  /** Milliseconds since the epoch. */
  readonly received: number
  /** What only Exchange keeps beside the message, where it was asked for: importance, and the dates of a follow-up. */
  readonly beside?: string
}

/** Messages by folder, its names joined by `/`; those of one folder sorted, to be compared as a multiset. */
export type MailboxView = ReadonlyMap<string, readonly MailView[]>

export const inOrder = (mails: Iterable<MailView>): MailView[] => [...mails].sort((a, b) => (textOfView(a) < textOfView(b) ? -1 : 1))

/** Equal for equal messages. */
export const textOfView = ({ content, received, flags, beside = '' }: MailView): string =>
  JSON.stringify([content, received, flags, beside])

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
  readonly mime: string | Buffer
  readonly received: number
  readonly read?: boolean
  readonly categories?: readonly string[]
  readonly followUp?: 'flagged' | 'complete'
  readonly draft?: boolean
  readonly answered?: 'replied' | 'forwarded'
  readonly importance?: 'low' | 'high'
  /** Of a follow-up, milliseconds since the epoch. */
  readonly due?: number
}

const lastVerb = '0x1081'

/** Puts a message into a mailbox as the server would have. */
export function putMail(mailbox: Mailbox, path: readonly string[], mail: NewMail): Item {
  const { received, read = false, categories = [], followUp, draft = false, answered, importance, due } = mail
  const mime = typeof mail.mime === 'string' ? Buffer.from(mail.mime.replaceAll('\n', '\r\n')) : mail.mime
  const item = storeMessage(mailbox, folderAt(mailbox, path), mime, { received, isRead: read, categories })
  const { properties } = item
  if (draft) setFlags(properties, flagsOf(properties) | messageFlags.unsent)
  if (followUp) properties.set(keys.flagStatus, { type: 'Integer', value: followUp === 'flagged' ? '2' : '1' })
  if (followUp === 'complete') properties.set(keys.flagCompleteTime, { type: 'SystemTime', value: systemTime(received) })
  if (answered) properties.set(lastVerb, { type: 'Integer', value: answered === 'replied' ? '102' : '104' })
  if (importance) properties.set(keys.importance, { type: 'Integer', value: importance === 'low' ? '0' : '2' })
  if (due !== undefined)
    for (const key of [keys.taskStartDate, keys.taskDueDate]) properties.set(key, { type: 'SystemTime', value: systemTime(due) })
  return item
}

/** An item that is no mail, as its owner's calendar or address book made it. */
export function putOther(mailbox: Mailbox, folder: 'calendar' | 'contacts' | 'inbox' | Folder, itemClass: string, subject: string): void {
  const at = Date.UTC(2024, 2, 1, 8)
  const properties = new Map([[keys.subject, { type: 'String' as const, value: subject }]])
  const content = { itemClass, mime: undefined, properties, elements: new Map(), attachments: [], isAssociated: false }
  const place = typeof folder === 'string' ? distinguishedFolder(mailbox, folder) : folder
  addItem(mailbox, place, content, { created: at, modified: at })
}

/** Gives the message that was received then another content, in its place, as a mail program does with a draft. */
export function editMail(mailbox: Mailbox, received: number, mime: string): void {
  const item = [...mailbox.items.values()].find(({ properties }) => textOf(properties, keys.deliveryTime) === systemTime(received))
  if (!item) throw new Error('nothing to edit')
  editItem(mailbox, item, Buffer.from(mime.replaceAll('\n', '\r\n')))
}

/** Gives an item another content in its place. */
export function editItem(mailbox: Mailbox, item: Item, mime: Buffer): void {
  const content = readMessage(mime, Date.now())
  if (!content) throw new Error('no message in these bytes')
  const flags = flagsOf(item.properties)
  for (const [key, property] of content.properties) item.properties.set(key, property)
  setFlags(item.properties, flags)
  for (const [name, element] of content.elements) item.elements.set(name, element)
  Object.assign(item, { mime: content.mime, attachments: content.attachments })
  touchItem(mailbox, item, Date.now())
}

export interface ViewOptions {
  /** What counts as the same content. Default: what remains of a message whoever composed it. */
  readonly print?: (bytes: Buffer) => string | Promise<string>
  readonly beside?: boolean
  /** Items that aren't of interest. */
  readonly except?: ReadonlySet<Item>
}

/** All mail folders of a mailbox that hold anything, read from the store itself. */
export async function viewOf(mailbox: Mailbox, options: ViewOptions = {}): Promise<MailboxView> {
  const view = new Map<string, MailView[]>()
  for (const folder of mailbox.folders.values()) {
    const path = pathOf(mailbox, folder)
    if (path === undefined || folder.items.size === 0 || !/^IPF\.Note/.test(folder.folderClass)) continue
    const items = [...folder.items.values()].filter(item => !options.except?.has(item))
    const mails = await Promise.all(items.map(item => viewOfItem(item, options)))
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

export const contentOf = (bytes: Buffer): Promise<string> => contentPrint([bytes])

async function viewOfItem(item: Item, { print = contentOf, beside = false }: ViewOptions): Promise<MailView> {
  const { mime, properties } = item
  const bits = flagsOf(properties)
  const verb = textOf(properties, lastVerb)
  const status = textOf(properties, keys.flagStatus)
  const categories = properties.get(keys.keywords)?.value ?? []
  return {
    content: await print(mime ?? composeMessage(item)),
    flags: [
      ...(bits & messageFlags.read ? ['\\Seen'] : []),
      ...(bits & messageFlags.unsent ? ['\\Draft'] : []),
      ...(status === '2' ? ['\\Flagged'] : status === '1' ? ['$Completed'] : []),
      ...(verb === undefined ? [] : [verb === '104' ? '$Forwarded' : '\\Answered']),
      ...categories,
    ].sort(),
    received: Date.parse(textOf(properties, keys.deliveryTime) ?? ''),
    ...(beside && { beside: besideKeys.map(key => textOf(properties, key) ?? '').join(' ') }),
  }
}

const besideKeys = [keys.importance, keys.taskStartDate, keys.taskDueDate, keys.flagCompleteTime]

/** Names from the top of what a person sees; undefined for what lies beside it. */
export function pathOf(mailbox: Mailbox, folder: Folder): readonly string[] | undefined {
  if (folder === distinguishedFolder(mailbox, 'msgfolderroot')) return []
  const above = folder.parent && pathOf(mailbox, folder.parent)
  return above && [...above, nameOf(folder)]
}
