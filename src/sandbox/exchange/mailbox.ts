import type { Item } from './item.ts'
import { type DistinguishedFolder, distinguishedFolders, folderName, type MailboxLanguage } from './language.ts'
import type { Properties } from './properties.ts'

/** One store. `guid` is its identity (`ExchangeGuid`); a mailbox that is created anew is another store with another GUID. */
export interface Mailbox {
  readonly guid: string
  /** Bytes; `undefined`: unlimited. */
  quota: number | undefined
  readonly folders: Map<number, Folder>
  readonly items: Map<number, Item>
  readonly distinguished: ReadonlyMap<DistinguishedFolder, Folder>
  /** The last number given to a folder, an item or an attachment; numbers aren't used twice. */
  lastNumber: number
  /** The last change number (MS-OXCFXICS 2.2.2.1's CN): each change of a folder or an item gets a new one. */
  lastChange: number
  /** Bytes of all items but the recoverable ones. */
  size: number
}

export interface Folder {
  readonly number: number
  /** `undefined`: the root. */
  parent: Folder | undefined
  displayName: string
  folderClass: string
  readonly distinguished: DistinguishedFolder | undefined
  readonly items: Map<number, Item>
  readonly properties: Properties
  change: number
}

export interface NewStore {
  readonly guid: string
  /** Names its folders. */
  readonly language: MailboxLanguage
  readonly quota?: number | undefined
  /** The folders it begins with. Default: those of a mailbox, which are all. */
  readonly folders?: readonly DistinguishedFolder[]
}

/** A new, empty store, named in the language it is first opened in. */
export function createMailbox({ guid, language, quota, folders }: NewStore): Mailbox {
  const distinguished = new Map<DistinguishedFolder, Folder>()
  const mailbox: Mailbox = {
    guid,
    quota,
    folders: new Map(),
    items: new Map(),
    distinguished,
    lastNumber: 0,
    lastChange: 0,
    size: 0,
  }
  for (const [name, { parent, folderClass }] of Object.entries(distinguishedFolders) as [
    DistinguishedFolder,
    { parent?: DistinguishedFolder; folderClass: string },
  ][]) {
    if (folders && !folders.includes(name)) continue
    const above = parent && distinguished.get(parent)
    distinguished.set(name, addFolder(mailbox, above, { displayName: folderName(name, language), folderClass, distinguished: name }))
  }
  return mailbox
}

export interface NewFolder {
  readonly displayName: string
  readonly folderClass: string
  readonly distinguished?: DistinguishedFolder
}

/** Adds a folder; the caller has seen to it that its name is free. */
export function addFolder(mailbox: Mailbox, parent: Folder | undefined, { displayName, folderClass, distinguished }: NewFolder): Folder {
  const folder: Folder = {
    number: ++mailbox.lastNumber,
    parent,
    displayName,
    folderClass,
    distinguished,
    items: new Map(),
    properties: new Map(),
    change: ++mailbox.lastChange,
  }
  mailbox.folders.set(folder.number, folder)
  return folder
}

/** Every mailbox has every distinguished folder, an archive those of its own, for its life: EWS refuses to delete them. */
export function distinguishedFolder(mailbox: Mailbox, name: DistinguishedFolder): Folder {
  const folder = mailbox.distinguished.get(name)
  if (!folder) throw new Error(`A mailbox without ${name}`)
  return folder
}

export const childrenOf = (mailbox: Mailbox, parent: Folder): Folder[] =>
  [...mailbox.folders.values()].filter(folder => folder.parent === parent)

/** Folders below one, all levels, parents before their children. */
export const descendantsOf = (mailbox: Mailbox, parent: Folder): Folder[] =>
  childrenOf(mailbox, parent).flatMap(child => [child, ...descendantsOf(mailbox, child)])

/** Names are unique below a parent, without regard to case. */
export const childNamed = (mailbox: Mailbox, parent: Folder, name: string): Folder | undefined =>
  childrenOf(mailbox, parent).find(({ displayName }) => displayName.toLowerCase() === name.toLowerCase())
