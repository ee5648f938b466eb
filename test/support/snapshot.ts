import { createHash } from 'node:crypto'
import type { Dovecot } from './dovecot.ts'
import { type Naming, openRaw } from './mailbox.ts'
import { decodeName } from './modifiedUtf7.ts'
import { astring, type RawImap, type Response } from './rawImap.ts'

export interface MessageSnapshot {
  readonly uid: number
  readonly sha256: string
  /** Bytes. */
  readonly size: number
  /** System flags without `\Recent`, sorted. */
  readonly flags: readonly string[]
  /** Sorted. */
  readonly keywords: readonly string[]
  /** INTERNALDATE, milliseconds since the epoch. */
  readonly received: number
  /** Only where it was asked for. */
  readonly body?: Buffer
}

/** Everything a migration has to carry over of one mailbox. Folder names are joined by `/`; a `/` within a name is `\/`. */
export interface MailboxSnapshot {
  /** Selectable folders, with their messages in UID order. */
  readonly folders: ReadonlyMap<string, readonly MessageSnapshot[]>
  /** Sorted. */
  readonly subscriptions: readonly string[]
}

/** Reads a whole mailbox back; no body is kept unless wanted. */
export async function snapshot(server: Dovecot, user: string, naming: Naming = {}, { bodies = false } = {}): Promise<MailboxSnapshot> {
  await using connection = await openRaw(server, user)
  const folders = new Map<string, readonly MessageSnapshot[]>()
  for (const { name, selectable } of await list(connection, 'LIST')) {
    if (selectable) folders.set(label(name, naming), await readFolder(connection, name, bodies))
  }
  const subscriptions = (await list(connection, 'LSUB')).filter(({ selectable }) => selectable).map(({ name }) => label(name, naming))
  return { folders, subscriptions: subscriptions.sort() }
}

async function list(connection: RawImap, verb: 'LIST' | 'LSUB'): Promise<{ name: string; selectable: boolean }[]> {
  const found: { name: string; selectable: boolean }[] = []
  await connection.command([`${verb} "" "*"`], ({ text, literals }) => {
    const match = /^\* (?:LIST|LSUB) \(([^)]*)\) (?:"(?:\\?.)"|NIL) (.*)$/.exec(text)
    if (match)
      found.push({
        name: literals[0]?.toString() ?? unquoted(match[2] ?? ''),
        selectable: !/\\(Noselect|NonExistent)/i.test(match[1] ?? ''),
      })
  })
  return found
}

const unquoted = (text: string): string => (text.startsWith('"') ? text.slice(1, -1).replace(/\\(.)/g, '$1') : text)

const label = (name: string, { separator = '/', namespacePrefix = '' }: Naming): string => {
  if (name.toUpperCase() === 'INBOX') return 'INBOX'
  const own = name.startsWith(namespacePrefix) ? name.slice(namespacePrefix.length) : name
  return own
    .split(separator)
    .map(part => decodeName(part).replaceAll('/', '\\/'))
    .join('/')
}

async function readFolder(connection: RawImap, name: string, bodies: boolean): Promise<MessageSnapshot[]> {
  const messages: MessageSnapshot[] = []
  await connection.command(['EXAMINE ', astring(name)])
  await connection.command(['UID FETCH 1:* (UID FLAGS INTERNALDATE BODY.PEEK[])'], response => {
    const message = readMessage(response)
    if (message) messages.push(bodies ? { ...message, body: response.literals[0] ?? Buffer.alloc(0) } : message)
  })
  return messages
}

function readMessage({ text, literals: [body] }: Response): MessageSnapshot | undefined {
  const [uid, flags, date] = [/ \(?UID (\d+)/, /FLAGS \(([^)]*)\)/, /INTERNALDATE "([^"]*)"/].map(pattern => pattern.exec(text)?.[1])
  if (uid === undefined || flags === undefined || date === undefined) return undefined
  const content = body ?? Buffer.alloc(0)
  const all = flags.split(' ').filter(flag => flag !== '' && flag !== '\\Recent')
  return {
    uid: Number(uid),
    sha256: createHash('sha256').update(content).digest('hex'),
    size: content.length,
    flags: all.filter(flag => flag.startsWith('\\')).sort(),
    keywords: all.filter(flag => !flag.startsWith('\\')).sort(),
    received: Date.parse(date.replaceAll(/(?<=\w)-(?=\w)/g, ' ')),
  }
}
