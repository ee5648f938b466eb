import type { MailboxSnapshot, MessageSnapshot } from './snapshot.ts'

export interface Difference {
  readonly what: 'folder' | 'subscription' | 'missing' | 'extra' | 'bytes' | 'flags' | 'keywords' | 'received'
  readonly folder: string
  readonly detail: string
}

export interface CompareOptions {
  /** Where a folder of the first mailbox lies in the second. Default: under the same name. */
  readonly rename?: (folder: string) => string
}

/** What a copy lost, changed or doubled, in words; empty when it is equal. Messages are compared as multisets within their folder. */
export const compareSnapshots = (original: MailboxSnapshot, copy: MailboxSnapshot, options: CompareOptions = {}): string[] =>
  differences(original, copy, options).map(({ what, folder, detail }) => `${folder}: ${what} ${detail}`)

export function differences(
  original: MailboxSnapshot,
  copy: MailboxSnapshot,
  { rename = folder => folder }: CompareOptions = {},
): Difference[] {
  const found: Difference[] = []
  const expected = new Map([...original.folders].map(([folder, messages]) => [rename(folder), messages]))
  for (const [folder, messages] of expected) {
    const copied = copy.folders.get(folder)
    if (copied) found.push(...compareFolder(folder, messages, copied))
    else found.push({ what: 'folder', folder, detail: `with ${messages.length} messages is missing` })
  }
  for (const [folder, messages] of copy.folders) {
    if (!expected.has(folder)) found.push({ what: 'folder', folder, detail: `with ${messages.length} messages is extra` })
  }
  const subscribed = new Set(original.subscriptions.map(rename))
  for (const folder of subscribed.difference(new Set(copy.subscriptions)))
    found.push({ what: 'subscription', folder, detail: 'is missing' })
  for (const folder of new Set(copy.subscriptions).difference(subscribed)) found.push({ what: 'subscription', folder, detail: 'is extra' })
  return found
}

/** Takes equal messages out first, then pairs what is left: by content, after that by date, to say what became of each. */
function compareFolder(folder: string, originals: readonly MessageSnapshot[], copies: readonly MessageSnapshot[]): Difference[] {
  const equal = pairUp(originals, copies, whole)
  const sameContent = pairUp(equal.left, equal.right, message => message.sha256)
  const sameDate = pairUp(sameContent.left, sameContent.right, message => String(message.received))
  return [
    ...sameContent.pairs.flatMap(([original, copy]) => compareMessage(folder, original, copy)),
    ...sameDate.pairs.flatMap(([original, copy]) => [
      { what: 'bytes' as const, folder, detail: `${name(original)} of ${original.size} bytes became ${copy.size}` },
      ...compareMessage(folder, original, copy),
    ]),
    ...sameDate.left.map(message => ({ what: 'missing' as const, folder, detail: name(message) })),
    ...sameDate.right.map(message => ({ what: 'extra' as const, folder, detail: name(message) })),
  ]
}

function compareMessage(folder: string, original: MessageSnapshot, copy: MessageSnapshot): Difference[] {
  const values = (message: MessageSnapshot) => ({
    flags: message.flags.join(' '),
    keywords: message.keywords.join(' '),
    received: new Date(message.received).toISOString(),
  })
  const [before, after] = [values(original), values(copy)]
  return (['flags', 'keywords', 'received'] as const)
    .filter(what => before[what] !== after[what])
    .map(what => ({ what, folder, detail: `of ${name(original)}: "${before[what]}" became "${after[what]}"` }))
}

function pairUp(left: readonly MessageSnapshot[], right: readonly MessageSnapshot[], key: (message: MessageSnapshot) => string) {
  const waiting = Map.groupBy(right, key)
  const pairs: [MessageSnapshot, MessageSnapshot][] = []
  const unpaired: MessageSnapshot[] = []
  for (const message of left) {
    const partner = waiting.get(key(message))?.shift()
    if (partner) pairs.push([message, partner])
    else unpaired.push(message)
  }
  return { pairs, left: unpaired, right: [...waiting.values()].flat() }
}

const whole = ({ sha256, flags, keywords, received }: MessageSnapshot): string => [sha256, received, ...flags, '|', ...keywords].join(' ')

const name = ({ uid, sha256 }: MessageSnapshot): string => `UID ${uid} (${sha256.slice(0, 8)})`
