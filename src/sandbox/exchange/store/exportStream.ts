import { createHash } from 'node:crypto'
import type { Attachment } from '../attachment.ts'
import type { ItemContent } from '../item.ts'
import { readMessage } from '../mime/readMessage.ts'
import type { Property } from '../properties.ts'
import type { XmlElement } from '../xml/tree.ts'

/**
 * The stream of ExportItems: like Exchange's FastTransfer stream it holds all of an item, is opaque to clients and understood by every server of the
 * kind, whosever it is. Layout: magic, version (2 bytes), length of the description (4), the description in JSON, the binaries it speaks of, and the
 * SHA-256 of all that.
 */
const magic = Buffer.from('SBXFTS\x00\x1a', 'latin1')
const version = 1
const digestLength = 32

interface Description {
  readonly itemClass: string
  readonly isAssociated: boolean
  readonly modified: number
  readonly properties: readonly (readonly [string, Property])[]
  readonly elements: readonly (readonly [string, XmlElement])[]
  /** Bytes of the message; attachments lie in it then. */
  readonly mime?: number
  readonly attachments: readonly (Omit<Attachment, 'content'> & { readonly length: number })[]
}

export interface Exported {
  readonly content: ItemContent
  /** Milliseconds since the epoch. */
  readonly modified: number
}

export function writeExport(content: ItemContent, modified: number): Buffer {
  const { itemClass, isAssociated, mime } = content
  const files = mime ? [] : content.attachments.map(one => ({ ...one, bytes: one.content() }))
  const description: Description = {
    itemClass,
    isAssociated,
    modified,
    properties: [...content.properties],
    elements: [...content.elements],
    ...(mime && { mime: mime.length }),
    attachments: files.map(({ content: _, bytes, ...file }) => ({ ...file, length: bytes.length })),
  }
  const text = Buffer.from(JSON.stringify(description))
  const head = Buffer.alloc(magic.length + 6)
  magic.copy(head)
  head.writeUInt16BE(version, magic.length)
  head.writeUInt32BE(text.length, magic.length + 2)
  const body = Buffer.concat([head, text, ...(mime ? [mime] : []), ...files.map(({ bytes }) => bytes)])
  return Buffer.concat([body, createHash('sha256').update(body).digest()])
}

/** Undefined for what is no stream of this kind and version, or is damaged. */
export function readExport(stream: Buffer): Exported | undefined {
  const end = stream.length - digestLength
  const start = magic.length + 6
  if (end < start || !stream.subarray(0, magic.length).equals(magic) || stream.readUInt16BE(magic.length) !== version) return undefined
  if (!createHash('sha256').update(stream.subarray(0, end)).digest().equals(stream.subarray(end))) return undefined
  const length = stream.readUInt32BE(magic.length + 2)
  // The digest above vouches for its shape: only this file writes such streams.
  const description = JSON.parse(stream.toString('utf8', start, start + length)) as Description
  return { content: contentOf(description, stream.subarray(start + length, end)), modified: description.modified }
}

function contentOf(
  { itemClass, isAssociated, modified, properties, elements, mime, attachments }: Description,
  binaries: Buffer,
): ItemContent {
  const message = mime === undefined ? undefined : Buffer.from(binaries.subarray(0, mime))
  let at = 0
  const files = attachments.map(({ length, ...file }) => {
    const bytes = Buffer.from(binaries.subarray(at, at + length))
    at += length
    return { ...file, content: () => bytes }
  })
  return {
    itemClass,
    isAssociated,
    mime: message,
    properties: new Map(properties),
    elements: new Map(elements),
    attachments: message ? (readMessage(message, modified)?.attachments ?? []) : files,
  }
}
