import { decodeWords } from './encodedWords.ts'
import { collapsed, dateSeconds, fieldsOf, perByte } from './headers.ts'

/** By what an item is recognised whoever put it there. */
export interface Fingerprint {
  /** Hash of the canonical headers, or of what stands for them in an item without any: who, when, what about. */
  readonly exact: string
  /** Hash of the loose identity, for servers that write headers anew; absent for an item that has none. */
  readonly loose?: string
}

/** The headers a fingerprint is made of: who wrote what to whom when. No transport, list or client ever changes them; all may be missing. */
const fingerprintHeaders = ['Message-ID', 'Date', 'From', 'To', 'Cc', 'Subject', 'In-Reply-To', 'References'] as const

const asText = (head: Uint8Array | string): string => (typeof head === 'string' ? head : perByte(head))

/**
 * The text whose hash is a message's exact fingerprint, by which *adopt* and a changed UIDVALIDITY recognise it. Nothing is decoded: equal text means
 * that the headers have equal bytes but for white space. A message without Message-ID is told apart by its received date as well, to the second:
 * taking two messages for one would lose one of them, the other mistake only copies it again.
 *
 * @param head the header section; the bytes, or a string with one character for each byte (`latin1`). What follows the empty line is ignored.
 * @param received milliseconds since the epoch (IMAP: INTERNALDATE).
 */
export const canonicalHeaders = (head: Uint8Array | string, received: number): string => {
  const found = new Map<string, string[]>(fingerprintHeaders.map(name => [name.toLowerCase(), []]))
  for (const { name, value } of fieldsOf(asText(head))) found.get(name)?.push(collapsed(value))
  const lines = [...found].flatMap(([name, values]) => values.map(value => `${name}:${value}`))
  const identified = found.get('message-id')?.some(value => value !== '') ?? false
  return [...lines, ...(identified ? [] : [`received:${Math.floor(received / 1000)}`])].join('\n')
}

/**
 * The text whose hash is a message's loose fingerprint: what is left of a message by a server that composes its headers anew (Exchange), the Message-ID, the
 * date to the second and the decoded subject. Undefined without a Message-ID or a date: such a message is only recognised by its exact headers.
 *
 * @param head as in `canonicalHeaders`.
 */
export const looseIdentity = (head: Uint8Array | string): string | undefined => {
  const first = new Map<string, string>()
  for (const { name, value } of fieldsOf(asText(head))) if (!first.has(name)) first.set(name, collapsed(value))
  const id = /<[^<>]+>/.exec(first.get('message-id') ?? '')?.[0].replaceAll(' ', '')
  const date = dateSeconds(first.get('date') ?? '')
  if (id === undefined || date === undefined) return undefined
  return [id, date, collapsed(decodeWords(first.get('subject') ?? '')).normalize('NFC')].join('\n')
}
