import assert from 'node:assert/strict'
import type { ItemInfo } from '../../../src/domain/mail.ts'
import type { FolderChanges, MailSession, OutgoingItem, ReadItem, ScanOptions } from '../../../src/servers/mailServer.ts'
import { never } from '../imap/support.ts'
import { done, inbox, success } from './scriptedEws.ts'

export const inTime = { signal: never, deadline: () => Number.POSITIVE_INFINITY }

/** An item as Exchange describes it. */
export const item = (
  id: string,
  more: { flags?: number; itemClass?: string; extra?: string; mime?: string; kind?: string } = {},
): string => {
  const { flags = 1, itemClass = 'IPM.Note', extra = '', mime, kind = 'Message' } = more
  return `<t:${kind}>${mime === undefined ? '' : `<t:MimeContent>${Buffer.from(mime).toString('base64')}</t:MimeContent>`}<t:ItemId Id="${id}" ChangeKey="${id}-1"/><t:ItemClass>${itemClass}</t:ItemClass><t:DateTimeReceived>2026-01-02T03:04:05Z</t:DateTimeReceived><t:Size>1000</t:Size>${extra}<t:DateTimeCreated>2026-11-25T11:59:00Z</t:DateTimeCreated><t:ExtendedProperty><t:ExtendedFieldURI PropertyTag="0xe07" PropertyType="Integer"/><t:Value>${flags}</t:Value></t:ExtendedProperty></t:${kind}>`
}
export const tagged = (tag: string, value: string | number): string =>
  `<t:ExtendedProperty><t:ExtendedFieldURI PropertyTag="${tag}" PropertyType="Integer"/><t:Value>${value}</t:Value></t:ExtendedProperty>`

export const got = (id: string, more?: Parameters<typeof item>[1]): string => done('GetItem', `<m:Items>${item(id, more)}</m:Items>`)

export const synced = (state: string, changes: string, last = true): string =>
  success(
    'SyncFolderItems',
    `<m:SyncState>${state}</m:SyncState><m:IncludesLastItemInRange>${last}</m:IncludesLastItemInRange><m:Changes>${changes}</m:Changes>`,
  )

export async function scanned(session: MailSession, since?: ScanOptions['since']) {
  const parts: FolderChanges[] = []
  const scan = session.scan(inbox, { signal: never, ...(since && { since }) })
  for (;;) {
    const part = await scan.next()
    if (part.done) return { parts, checkpoint: part.value }
    parts.push(part.value)
  }
}

export async function readAll(session: MailSession, keys: string[], format: 'rfc822' | 'fts' = 'rfc822', size = 1000) {
  const all: string[] = []
  const batch = { items: 10, bytes: 100_000, streamAbove: 50_000 }
  for await (const items of session.read(inbox, keys, { signal: never, format, batch, sizeOf: () => size }))
    for (const one of items) all.push(`${one.key} ${await outcome(one)}`)
  return all
}

export async function outcome(one: ReadItem): Promise<string> {
  if ('gone' in one) return 'gone'
  if ('error' in one) return one.error.code
  const chunks: Buffer[] = []
  if ('chunks' in one.content) chunks.push(...one.content.chunks)
  else for await (const chunk of one.content.stream) chunks.push(chunk)
  const bytes = Buffer.concat(chunks)
  assert.equal(bytes.length, one.content.size)
  return bytes.toString()
}

export const outgoing = (body: string, info: Partial<ItemInfo> = {}, more: Partial<OutgoingItem> = {}): OutgoingItem => {
  const content = Buffer.from(body)
  return {
    info: { key: 7, size: content.length, received: Date.parse('2024-02-29T12:00:00Z'), flags: [], ...info },
    format: 'rfc822',
    content: { size: content.length, chunks: [content] },
    ...more,
  }
}

export const created = (id: string): string =>
  done('CreateItem', `<m:Items><t:Message><t:ItemId Id="${id}" ChangeKey="${id}-1"/></t:Message></m:Items>`)
export const uploaded = (id: string): string => done('UploadItems', `<m:ItemId Id="${id}" ChangeKey="${id}-1"/>`)
