import assert from 'node:assert/strict'
import type { ImapServer } from '../../../src/domain/connection.ts'
import { isError, type MailferryError } from '../../../src/domain/errors.ts'
import type { ItemInfo } from '../../../src/domain/mail.ts'
import { openImapSession } from '../../../src/servers/imap/session.ts'
import type {
  Folder,
  FolderChanges,
  MailSession,
  OpenOptions,
  OutgoingItem,
  ReadItem,
  ReadOptions,
  ScanOptions,
} from '../../../src/servers/mailServer.ts'
import { enter, never, password } from './support.ts'

export interface Place {
  readonly host: string
  readonly port: number
  passwordOf(user: string): string
}

/** Dovecot's announcement without everything that isn't IMAP4rev1. */
export const stripped = 'IMAP4rev1 SASL-IR AUTH=PLAIN'

export const batch: ReadOptions['batch'] = { items: 10, bytes: 100_000, streamAbove: 50_000 }
export const writing = { signal: never, deadline: () => Number.POSITIVE_INFINITY }

export async function openSession(
  { host, port, passwordOf }: Place,
  user = 'ann',
  { silence, ...options }: Partial<OpenOptions> & { readonly silence?: number } = {},
): Promise<MailSession> {
  const server: ImapServer = { host, port, tls: 'none', allowPlaintext: true }
  const connect = (signal: AbortSignal) => enter(server, password(user, passwordOf(user)), undefined, signal)
  return openImapSession(
    { host, mailbox: user, connect, ...(silence !== undefined && { silence }) },
    { signal: never, connections: 2, ...options },
  )
}

export async function folderNamed(session: MailSession, name: string): Promise<Folder> {
  const folder = (await session.folders()).find(({ path }) => path.join('/') === name)
  assert.ok(folder, `there is no ${name}`)
  return folder
}

/** Finds the folder or makes it. */
export async function made(session: MailSession, ...path: string[]): Promise<Folder> {
  const [folder] = await session.ensureFolders([{ path, subscribe: false }], never)
  assert.ok(folder && !isError(folder), String(folder))
  return folder as Folder
}

export interface Scanned {
  readonly items: ItemInfo[]
  readonly flags: FolderChanges['flags'][number][]
  readonly vanished: FolderChanges['vanished'][number][]
  readonly checkpoint: string
}

/** All parts of a scan together. */
export async function scanned(session: MailSession, folder: Folder, since?: ScanOptions['since']): Promise<Scanned> {
  const all: Omit<Scanned, 'checkpoint'> = { items: [], flags: [], vanished: [] }
  const scan = session.scan(folder, { signal: never, ...(since && { since }) })
  for (;;) {
    const part = await scan.next()
    if (part.done) return { ...all, checkpoint: part.value }
    all.items.push(...part.value.items)
    all.flags.push(...part.value.flags)
    all.vanished.push(...part.value.vanished)
  }
}

export async function listed(session: MailSession, folder: Folder, next?: number): Promise<ItemInfo[]> {
  const all: ItemInfo[] = []
  for await (const part of session.find(folder, next, never)) all.push(...part)
  return all
}

/** What reading came to, streams taken to their end: the bytes, `gone`, or the error's code; one entry for each key. */
export async function contents(
  session: MailSession,
  folder: Folder,
  keys: readonly (number | string)[],
  options: Partial<ReadOptions> = {},
): Promise<Map<number | string, string>> {
  const found = new Map<number | string, string>()
  for await (const items of session.read(folder, keys, { signal: never, format: 'rfc822', batch, ...options })) {
    for (const item of items) found.set(item.key, await outcome(item))
  }
  return found
}

async function outcome(item: ReadItem): Promise<string> {
  if ('gone' in item) return 'gone'
  if ('error' in item) return item.error.code
  const { content } = item
  const chunks: Buffer[] = []
  if ('chunks' in content) chunks.push(...content.chunks)
  else for await (const chunk of content.stream) chunks.push(chunk)
  const bytes = Buffer.concat(chunks)
  assert.equal(bytes.length, content.size)
  return bytes.toString('latin1')
}

export const item = (body: string | Buffer, more: Partial<ItemInfo> = {}): OutgoingItem => {
  const content = Buffer.from(body)
  const info = { key: 1, size: content.length, received: Date.parse('2024-02-29T12:00:00Z'), flags: [], ...more }
  return { info, format: 'rfc822', content: { size: content.length, chunks: [content] } }
}

/** The same item coming as a stream of small pieces. */
export const streamed = (body: string | Buffer, more: Partial<ItemInfo> = {}): OutgoingItem => {
  const content = Buffer.from(body)
  async function* stream() {
    for (let at = 0; at < content.length; at += 10_000) yield content.subarray(at, at + 10_000)
  }
  return { ...item(body, more), content: { size: content.length, stream: stream() } }
}

/** Writes and answers the new keys; fails where anything wasn't written. */
export async function put(session: MailSession, folder: Folder, ...items: OutgoingItem[]): Promise<number[]> {
  const results = await session.write(folder, items, writing)
  return results.map(result => {
    assert.equal(result.state, 'written', result.state === 'written' ? '' : `${result.error.code} ${JSON.stringify(result.error.params)}`)
    assert.ok(result.state === 'written' && typeof result.key === 'number')
    return result.key
  })
}

export const codeOf = (error: unknown): string => (isError(error) ? (error as MailferryError).code : String(error))
