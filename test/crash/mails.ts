import { makeMessage } from '../support/corpus/message.ts'
import { corpus } from '../support/corpus.ts'
import type { SeedFolder, SeedMessage } from '../support/mailbox.ts'
import { seeded } from '../support/random.ts'

const folders = [
  { path: ['INBOX'], share: 60, subscribed: true },
  { path: ['Projekte'], share: 20, subscribed: true },
  { path: ['Projekte', 'Köln 2024'], share: 12, subscribed: true },
  { path: ['Drafts'], share: 8, subscribed: true },
]

/** Mail that every kind of server can keep: Exchange knows one of *answered* and *forwarded*. `large` messages beside them have large attachments. */
export function* mails(seed: number, messages: number, large = 0): Generator<SeedFolder> {
  for (const { messages: seeded = [], ...folder } of corpus({ seed, messages, sizes: 'small', folders })) {
    yield {
      ...folder,
      messages: [...seeded].map(({ flags = [], ...message }) => ({
        ...message,
        flags: flags.filter(flag => flag !== '$Forwarded' || !flags.includes('\\Answered')),
      })),
    }
  }
  if (large > 0) yield { path: ['INBOX'], subscribed: true, messages: Array.from({ length: large }, (_, index) => largeMail(seed, index)) }
}

/** Its attachment is above the 3 MB up to which Graph takes one in a request. */
function largeMail(seed: number, index: number): SeedMessage {
  const random = seeded(seed * 100 + index)
  const received = new Date(Date.UTC(2025, 0, 1 + index, 12, 0, seed % 60))
  const id = `large.${seed}.${index}`
  return { body: makeMessage(random, { size: 4_400_000, sent: received, id, withoutMessageId: false }), flags: ['\\Seen'], received }
}
