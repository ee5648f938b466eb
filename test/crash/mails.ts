import { corpus } from '../support/corpus.ts'
import type { SeedFolder } from '../support/mailbox.ts'

const folders = [
  { path: ['INBOX'], share: 60, subscribed: true },
  { path: ['Projekte'], share: 20, subscribed: true },
  { path: ['Projekte', 'Köln 2024'], share: 12, subscribed: true },
  { path: ['Drafts'], share: 8, subscribed: true },
]

/** Mail that every kind of server can keep: Exchange knows one of *answered* and *forwarded*. */
export function* mails(seed: number, messages: number): Generator<SeedFolder> {
  for (const { messages: seeded = [], ...folder } of corpus({ seed, messages, sizes: 'small', folders })) {
    yield {
      ...folder,
      messages: [...seeded].map(({ flags = [], ...message }) => ({
        ...message,
        flags: flags.filter(flag => flag !== '$Forwarded' || !flags.includes('\\Answered')),
      })),
    }
  }
}
