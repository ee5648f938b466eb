import type { Mailbox } from '../../../domain/pair.ts'
import type { Asking } from '../graph/ask.ts'
import { pages } from '../graph/pages.ts'
import { mailboxOf, userFields, userSchema } from './user.ts'

const needs = ['User.Read.All']

/**
 * The users who have an address, guests left out: people, shared and room mailboxes alike, licensed or not, for those need no licence. Whether there is a
 * mailbox behind an address, its readiness tells.
 */
export async function* listMailboxes(asking: Asking): AsyncGenerator<readonly Mailbox[], void> {
  for await (const page of pages(asking, userSchema, { path: `/users?$select=${userFields}&$top=999`, needs })) {
    yield page.map(mailboxOf).filter(mailbox => mailbox !== undefined)
  }
}
