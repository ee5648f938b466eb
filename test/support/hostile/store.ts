import { createHash } from 'node:crypto'
import { decodeName } from '../modifiedUtf7.ts'
import type { MailboxSnapshot } from '../snapshot.ts'

export interface StoredMessage {
  readonly uid: number
  readonly body: Buffer
  readonly received: number
  flags: Set<string>
  modseq: number
}

export interface StoredFolder {
  /** As on the wire, without quoting. */
  readonly name: string
  readonly attributes: readonly string[]
  readonly selectable: boolean
  uidValidity: number
  uidNext: number
  modseq: number
  messages: StoredMessage[]
}

/** One mailbox in memory, with nothing of the protocol in it but names, flags and UIDs. */
export interface Store {
  readonly delimiter: string
  readonly prefix: string
  readonly folders: Map<string, StoredFolder>
  readonly subscriptions: Set<string>
}

export const createStore = (delimiter: string, prefix: string): Store => {
  const store: Store = { delimiter, prefix, folders: new Map(), subscriptions: new Set() }
  addFolder(store, 'INBOX')
  return store
}

let validities = 1_000

export function addFolder(store: Store, name: string, attributes: readonly string[] = []): StoredFolder {
  const folder: StoredFolder = {
    name,
    attributes,
    selectable: !attributes.includes('\\Noselect'),
    uidValidity: ++validities,
    uidNext: 1,
    modseq: 1,
    messages: [],
  }
  store.folders.set(name, folder)
  return folder
}

export const findFolder = (store: Store, name: string): StoredFolder | undefined =>
  store.folders.get(name.toUpperCase() === 'INBOX' ? 'INBOX' : name)

export function addMessage(folder: StoredFolder, body: Buffer, flags: Iterable<string>, received: number): StoredMessage {
  const message: StoredMessage = { uid: folder.uidNext++, body, received, flags: new Set(flags), modseq: ++folder.modseq }
  folder.messages.push(message)
  return message
}

export const storedBytes = (store: Store): number => {
  let bytes = 0
  for (const folder of store.folders.values()) for (const message of folder.messages) bytes += message.body.length
  return bytes
}

/** The mailbox as `snapshot` gives it for a real server, so that the two can be compared. */
export function snapshotOf(store: Store): MailboxSnapshot {
  const label = (name: string): string => {
    if (name === 'INBOX') return name
    const own = name.startsWith(store.prefix) ? name.slice(store.prefix.length) : name
    const parts = store.delimiter === '' ? [own] : own.split(store.delimiter)
    return parts.map(part => decodeName(part).replaceAll('/', '\\/')).join('/')
  }
  const folders = [...store.folders.values()]
    .filter(folder => folder.selectable)
    .map(folder => [label(folder.name), folder.messages.map(snapshotMessage)] as const)
  return { folders: new Map(folders), subscriptions: [...store.subscriptions].map(label).sort() }
}

const snapshotMessage = ({ uid, body, flags, received }: StoredMessage) => ({
  uid,
  sha256: createHash('sha256').update(body).digest('hex'),
  size: body.length,
  flags: [...flags].filter(flag => flag.startsWith('\\')).sort(),
  keywords: [...flags].filter(flag => !flag.startsWith('\\')).sort(),
  received,
})
