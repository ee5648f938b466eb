import type { Person } from '../exchange/directory.ts'
import { mailboxOf, type Organisation } from '../exchange/organisation.ts'
import { fillMailbox, folderAt } from './fillMailbox.ts'
import { seedFolders } from './folders.ts'
import { mailboxContent } from './mailboxContent.ts'
import type { SeedPerson } from './people.ts'

export interface CompanySeed {
  readonly seed: number
  readonly messagesEach: number
  readonly scale: number
  readonly until?: Date
}

/** Fills everybody's mailbox, of different sizes around `messagesEach`. */
export async function fillCompany(
  { organisation, people }: { readonly organisation: Organisation; readonly people: readonly Person[] },
  staff: readonly SeedPerson[],
  { seed, messagesEach, scale, until = new Date('2026-10-01T00:00:00Z') }: CompanySeed,
): Promise<void> {
  const correspondents = people.map(person => ({ name: person.displayName, address: person.primarySmtpAddress }))
  for (const [index, person] of people.entries()) {
    const owner = { name: person.displayName, address: person.primarySmtpAddress }
    const language = staff[index]?.language ?? 'en'
    const mailbox = mailboxOf(organisation, person)
    // Also those that nothing was ever received in.
    if (mailbox) for (const folder of seedFolders(language)) folderAt(mailbox, folder)
    const messages = Math.round(messagesEach * (0.4 + (1.2 * (index + 0.5)) / people.length))
    const content = mailboxContent({
      seed: seed * 1000 + index,
      owner,
      colleagues: correspondents.filter(({ address }) => address !== owner.address),
      language,
      messages,
      scale,
      until,
    })
    await fillMailbox(organisation, person, content)
  }
}
