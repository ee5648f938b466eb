import assert from 'node:assert/strict'
import type { FolderRole, ItemInfo } from '../../../src/domain/mail.ts'
import type { Person } from '../../../src/sandbox/exchange/directory.ts'
import { answerEws } from '../../../src/sandbox/exchange/ews/answerEws.ts'
import { type ExchangeSessionDeps, openExchangeSession } from '../../../src/servers/exchange/session/session.ts'
import type { EwsTransport } from '../../../src/servers/exchange/transport/ewsTransport.ts'
import type { RequestBody } from '../../../src/servers/http/outgoing.ts'
import type {
  Folder,
  FolderChanges,
  MailSession,
  OpenOptions,
  OutgoingItem,
  ReadItem,
  ScanOptions,
} from '../../../src/servers/mailServer.ts'
import type { Company } from '../../support/ews.ts'
import { assertValidSoap } from '../../support/ewsSchema.ts'
import { never } from '../imap/support.ts'
import { inTime } from './sessionAnswers.ts'

export interface SessionSetUp extends Partial<OpenOptions> {
  readonly person?: Person
  readonly caller?: Person
  readonly access?: ExchangeSessionDeps['access']
  /** Gets each operation's name as it is asked for. */
  readonly asked?: string[]
}

/** A session of the product on a mailbox of the sandbox, Anna's unless told otherwise. */
export async function sessionOf(company: Company, setUp: SessionSetUp = {}): Promise<MailSession> {
  const { person = company.anna, caller = company.service, access = 'impersonation', asked = [], ...options } = setUp
  return openExchangeSession(
    {
      transport: directTransport(company, caller, asked),
      mailbox: { address: person.primarySmtpAddress },
      connection: 'Old',
      admin: 'svc-migration',
      access,
      identity: async address => ({ address, ...(person.mailboxGuid !== undefined && { id: person.mailboxGuid }) }),
      pause: 1,
    },
    { signal: never, connections: 4, ...options },
  )
}

/** The sandbox without a network between. What it is asked, and what it answers, has to be valid against Microsoft's schema. */
function directTransport({ organisation }: Company, caller: Person, asked: string[]): EwsTransport {
  return {
    url: 'https://mail.fabrikam.example/EWS/Exchange.asmx',
    async post(body, { beforeSend, signal }) {
      signal.throwIfAborted()
      beforeSend?.()
      const request = await bytesOf(body)
      assertValidSoap(request)
      const answer = await answerEws(organisation, caller, request)
      assertValidSoap(answer.body)
      asked.push(answer.request?.operation ?? '')
      return { status: answer.status, serverDate: organisation.now(), body: pieces(answer.body) }
    },
    async [Symbol.asyncDispose]() {},
  }
}

async function bytesOf(body: RequestBody): Promise<Buffer> {
  if (!('parts' in body)) return Buffer.concat([...body])
  const parts: Buffer[] = []
  for await (const part of body.parts) parts.push(part)
  return Buffer.concat(parts)
}

async function* pieces(bytes: Buffer) {
  for (let at = 0; at < bytes.length; at += 65_000) yield bytes.subarray(at, at + 65_000)
}

export async function folderOfRole(session: MailSession, role: FolderRole): Promise<Folder> {
  const folder = (await session.folders()).find(one => one.role === role)
  assert.ok(folder, `there is no ${role}`)
  return folder
}

/** Writes and answers the new keys; fails where anything wasn't written. */
export async function put(session: MailSession, folder: Folder, ...items: OutgoingItem[]): Promise<string[]> {
  const results = await session.write(folder, items, inTime)
  return results.map(result => {
    assert.equal(result.state, 'written', 'error' in result ? `${result.error.code} ${JSON.stringify(result.error.params)}` : '')
    assert.ok(result.state === 'written' && typeof result.key === 'string')
    return result.key
  })
}

export const mime = (subject: string, more = '', body = 'Hello'): string =>
  `Message-ID: <${subject}@fabrikam.example>\r\nDate: Thu, 29 Feb 2024 10:00:00 +0000\r\nFrom: Bernd <bernd@fabrikam.example>\r\nTo: anna@fabrikam.example\r\nSubject: ${subject}\r\n${more}MIME-Version: 1.0\r\nContent-Type: text/plain; charset=utf-8\r\n\r\n${body}\r\n`

export async function scanAll(session: MailSession, folder: Folder, since?: ScanOptions['since']) {
  const all = {
    items: [] as ItemInfo[],
    flags: [] as FolderChanges['flags'][number][],
    changed: [] as ItemInfo[],
    vanished: [] as unknown[],
  }
  const scan = session.scan(folder, { signal: never, ...(since && { since }) })
  for (;;) {
    const part = await scan.next()
    if (part.done) return { ...all, checkpoint: part.value }
    all.items.push(...part.value.items)
    all.flags.push(...part.value.flags)
    all.changed.push(...(part.value.changed ?? []))
    all.vanished.push(...part.value.vanished)
  }
}

const batch = { items: 50, bytes: 1_000_000, streamAbove: 500_000 }

export async function contents(session: MailSession, folder: Folder, keys: readonly (string | number)[], format: 'rfc822' | 'fts') {
  const all: ReadItem[] = []
  for await (const items of session.read(folder, keys, { signal: never, format, batch })) all.push(...items)
  return all
}

/** Everything of a folder carried to another session's folder, in a format. */
export async function carry(
  from: MailSession,
  to: MailSession,
  role: 'inbox' | 'calendar' | 'contacts' | 'tasks' | 'notes' | 'drafts',
  format: 'rfc822' | 'fts',
) {
  const [source, target] = [await folderOfRole(from, role), await folderOfRole(to, role)]
  const { items } = await scanAll(from, source)
  const infos = new Map(items.map(info => [info.key, info]))
  const read = await contents(from, source, [...infos.keys()], format)
  const out = read.flatMap((one): OutgoingItem[] => {
    const info = infos.get(one.key)
    return 'content' in one && info
      ? [{ info, format: one.format, content: one.content, ...(one.details && { details: one.details }), marker: `m-${info.key}` }]
      : []
  })
  const results = await to.write(target, out, inTime)
  return { source, target, items, out, results }
}
