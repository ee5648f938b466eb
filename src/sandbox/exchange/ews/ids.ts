import { hash, timingSafeEqual } from 'node:crypto'
import type { Organisation } from '../organisation.ts'
import { EwsError } from './ewsError.ts'

/** What an id leads to: a mailbox's folder, item or attachment by its number. */
export interface Reference {
  readonly kind: 'folder' | 'item' | 'attachment' | 'immutable'
  readonly mailboxGuid: string
  readonly number: number
  /** Of an attachment: the item it is in. */
  readonly item?: number
}

/** `immutable`: an item by the number it was created with; ids that Graph gives out, and EWS doesn't. */
const kinds = ['folder', 'item', 'attachment', 'immutable'] as const
const guidLength = 36
/** `AAMkA…`: as Exchange's ids begin, with the mailbox's GUID as text behind it. */
const head = Buffer.from([0, 0x03, 0x24, 0])
const sealLength = 40

/**
 * An opaque id: base64, some 150 characters, case-sensitive, with `+` and `/` among them, bound to this organisation. Clients that fold the case of
 * ids, put them unescaped into URLs or make up their own are found out.
 */
export function writeId(organisation: Organisation, { kind, mailboxGuid, number, item = 0 }: Reference): string {
  const body = Buffer.alloc(head.length + guidLength + 13)
  head.copy(body)
  body.write(mailboxGuid, head.length, 'latin1')
  body.writeUInt8(kinds.indexOf(kind), head.length + guidLength)
  body.writeUIntBE(number, head.length + guidLength + 1, 6)
  body.writeUIntBE(item, head.length + guidLength + 7, 6)
  return Buffer.concat([body, seal(organisation, body)]).toString('base64')
}

/** Throws `ErrorInvalidIdMalformed` and its kind for what is no id of this organisation. */
export function readId(organisation: Organisation, id: string): Reference {
  if (id === '') throw new EwsError('ErrorInvalidIdEmpty')
  const bytes = Buffer.from(id, 'base64')
  const length = head.length + guidLength + 13
  // Decoding is lenient; encoding again shows whether these were the very characters that were given out.
  if (bytes.length !== length + sealLength || bytes.toString('base64') !== id) throw new EwsError('ErrorInvalidIdMalformed')
  const body = bytes.subarray(0, length)
  if (!timingSafeEqual(bytes.subarray(length), seal(organisation, body))) throw new EwsError('ErrorInvalidIdMalformed')
  const kind = kinds[body.readUInt8(head.length + guidLength)]
  if (!kind) throw new EwsError('ErrorInvalidIdMalformed')
  return {
    kind,
    mailboxGuid: body.toString('latin1', head.length, head.length + guidLength),
    number: body.readUIntBE(head.length + guidLength + 1, 6),
    item: body.readUIntBE(head.length + guidLength + 7, 6),
  }
}

/** A keyed hash over bytes of fixed length. `Hmac` would cost more than all the rest of an answer. */
const seal = ({ secret }: Organisation, body: Buffer): Buffer =>
  hash('sha512', Buffer.concat([secret, body]), 'buffer').subarray(0, sealLength)

const changeKeyHead = Buffer.from([0x09, 0, 0, 0, 0x16, 0, 0, 0])

/** Base64, different after every change of the object. */
export function writeChangeKey(organisation: Organisation, change: number): string {
  const body = Buffer.alloc(14)
  changeKeyHead.copy(body)
  body.writeUIntBE(change, 8, 6)
  return Buffer.concat([body, seal(organisation, body).subarray(0, 16)]).toString('base64')
}

/** Throws `ErrorInvalidChangeKey` for what is none. */
export function readChangeKey(organisation: Organisation, key: string): number {
  const bytes = Buffer.from(key, 'base64')
  if (bytes.length !== 30 || bytes.toString('base64') !== key) throw new EwsError('ErrorInvalidChangeKey')
  const body = bytes.subarray(0, 14)
  if (!bytes.subarray(14).equals(seal(organisation, body).subarray(0, 16))) throw new EwsError('ErrorInvalidChangeKey')
  return body.readUIntBE(8, 6)
}
