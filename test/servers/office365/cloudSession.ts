import assert from 'node:assert/strict'
import { writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import type { Office365Settings, Role } from '../../../src/domain/connection.ts'
import { asConnectionId } from '../../../src/domain/ids.ts'
import type { ContentFormat, FolderRole, ItemInfo, ItemKey } from '../../../src/domain/mail.ts'
import type { Person } from '../../../src/sandbox/exchange/directory.ts'
import type {
  Folder,
  FolderChanges,
  MailServer,
  MailSession,
  OutgoingItem,
  ReadItem,
  WriteOptions,
} from '../../../src/servers/mailServer.ts'
import { office365Server } from '../../../src/servers/office365/office365Server.ts'
import { openOffice365Session } from '../../../src/servers/office365/session/session.ts'
import { type Contoso, contoso } from '../../sandbox/office365/support.ts'
import { watchBatches, watchGraph } from '../../support/graphShapes.ts'
import { tempDir } from '../../support/tempDir.ts'
import { never } from '../imap/support.ts'

/** A tenant of the sandbox whose mailboxes are opened as the product does, while every request is looked up in Microsoft's documentation. */
export interface Cloud extends AsyncDisposable {
  readonly org: Contoso
  /** Requests to Graph so far that no page documents. */
  readonly problems: readonly string[]
  readonly seen: readonly string[]
  open(person: Person): Promise<MailSession>
}

export interface CloudOptions {
  /** Milliseconds that lists may lag behind. */
  readonly settle?: number
  readonly importExport?: boolean
  /** What mailboxes are opened for; a source unless said. Both are read and written in tests. */
  readonly role?: Role
}

export async function startCloud(
  options: Parameters<typeof contoso>[0] = {},
  { settle = 0, importExport = true, role = 'source' }: CloudOptions = {},
): Promise<Cloud> {
  const org = await contoso(options)
  const dir = tempDir()
  await writeFile(join(dir.path, 'ca.pem'), org.ca)
  const watch = watchGraph(org.graphUrl)
  const server: MailServer = office365Server({
    connection: {
      id: asConnectionId('c'),
      name: 'Cloud',
      role,
      settings: settingsOf(org, join(dir.path, 'ca.pem')),
      verification: { state: 'unverified' },
    },
    secrets: { secretFor: async () => ({ password: org.app.secret }) },
    openSession: (deps, opening) =>
      openOffice365Session(
        {
          ...deps,
          transport: watchBatches(deps.transport, watch.problems),
          importExport: importExport && deps.importExport,
          pause: 5,
          settle,
        },
        opening,
      ),
  })
  return {
    org,
    problems: watch.problems,
    seen: watch.seen,
    open: person => server.open({ address: person.primarySmtpAddress }, { signal: never, connections: 4 }),
    async [Symbol.asyncDispose]() {
      await server[Symbol.asyncDispose]()
      watch[Symbol.dispose]()
      dir[Symbol.dispose]()
      await org[Symbol.asyncDispose]()
      assert.deepEqual(watch.problems, [], 'every request is documented')
    },
  }
}

const settingsOf = (org: Contoso, caFile: string): Office365Settings => ({
  kind: 'office365',
  at: { login: org.loginUrl, graph: org.graphUrl },
  trust: { caFile },
  signIn: { method: 'application', tenant: org.tenant.id, clientId: org.app.application.appId, credential: 'secret' },
})

export const writing: WriteOptions = { signal: never, deadline: () => Number.POSITIVE_INFINITY }

export async function folderOf(session: MailSession, role: FolderRole): Promise<Folder> {
  const found = (await session.folders()).find(folder => folder.role === role)
  assert.ok(found, `a folder for ${role}`)
  return found
}

/** A whole scan as one part, and where it ended. */
export async function scanned(session: MailSession, folder: Folder, since?: { checkpoint: string; known: readonly ItemKey[] }) {
  const scan = session.scan(folder, { signal: never, ...(since && { since }) })
  const all = {
    items: [] as ItemInfo[],
    flags: [] as FolderChanges['flags'][number][],
    changed: [] as ItemInfo[],
    vanished: [] as ItemKey[],
    compared: false,
  }
  for (;;) {
    const part = await scan.next()
    if (part.done) return { ...all, checkpoint: part.value }
    all.items.push(...part.value.items)
    all.flags.push(...part.value.flags)
    all.changed.push(...(part.value.changed ?? []))
    all.vanished.push(...part.value.vanished)
    all.compared ||= part.value.compared === true
  }
}

export interface Letter {
  readonly mime?: string
  readonly flags?: readonly string[]
  readonly received?: number
  readonly marker?: string
  readonly details?: OutgoingItem['details']
}

export const simple = (subject: string): string =>
  `From: Carl Ömer <carl@elsewhere.test>\r\nTo: anna@contoso.test\r\nSubject: ${subject}\r\nDate: Mon, 05 Jan 2026 10:00:00 +0000\r\nMessage-ID: <${subject.replaceAll(' ', '-')}@elsewhere.test>\r\nMIME-Version: 1.0\r\nContent-Type: text/plain; charset=utf-8\r\n\r\n${subject}, in full.\r\n`

/** A message on its way, held in memory. */
export function outgoing(
  key: number,
  { mime = simple(`letter ${key}`), flags = [], received = Date.UTC(2026, 0, 5, 10, 0, key), marker, details }: Letter = {},
): OutgoingItem {
  const bytes = Buffer.from(mime, 'utf8')
  return {
    info: { key, size: bytes.length, received, flags },
    format: 'rfc822',
    content: { size: bytes.length, chunks: [bytes] },
    ...(marker !== undefined && { marker }),
    ...(details && { details }),
  }
}

export async function readAll(
  session: MailSession,
  folder: Folder,
  keys: readonly ItemKey[],
  format: ContentFormat = 'rfc822',
  streamAbove = 1_000_000,
) {
  const read: ReadItem[] = []
  const batch = { items: 100, bytes: 1_000_000, streamAbove }
  for await (const items of session.read(folder, keys, { signal: never, format, batch })) {
    for (const item of items) {
      if (!('content' in item) || !('stream' in item.content)) read.push(item)
      else {
        const chunks: Buffer[] = []
        for await (const chunk of item.content.stream) chunks.push(chunk)
        read.push({ ...item, content: { size: item.content.size, chunks } })
      }
    }
  }
  return read
}

export function bytesOf(item: ReadItem | undefined): Buffer {
  assert.ok(
    item && 'content' in item && 'chunks' in item.content,
    `content, not ${JSON.stringify(item && 'error' in item ? item.error : item)}`,
  )
  return Buffer.concat(item.content.chunks)
}
