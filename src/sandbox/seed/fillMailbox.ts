import type { Person } from '../exchange/directory.ts'
import { answerEws } from '../exchange/ews/answerEws.ts'
import { addFolder, childrenOf, distinguishedFolder, type Folder, type Mailbox } from '../exchange/mailbox.ts'
import { mailboxOf, type Organisation } from '../exchange/organisation.ts'
import { flagsOf, keys, messageFlags, setFlags } from '../exchange/properties.ts'
import { storeMessage } from '../exchange/store/storeMessage.ts'
import type { SeedPlace } from './folders.ts'
import type { SeedEntry, SeedMail } from './mailboxContent.ts'
import { createRequest, type SeedOther } from './otherItems.ts'

/** Puts content into a person's mailbox: mail as transport delivers it, everything else by CreateItem as its owner. */
export async function fillMailbox(organisation: Organisation, person: Person, entries: Iterable<SeedEntry>): Promise<void> {
  const mailbox = mailboxOf(organisation, person)
  if (mailbox === undefined) throw new Error(`${person.displayName} has no mailbox`)
  for (const entry of entries) {
    if (entry.kind === 'mail') storeMail(mailbox, entry)
    else await create(organisation, person, entry)
  }
}

function storeMail(mailbox: Mailbox, { place, mime, received, read, draft, flag, categories }: SeedMail): void {
  const { properties } = storeMessage(mailbox, folderAt(mailbox, place), mime, { received: received.getTime(), isRead: read, categories })
  if (draft) setFlags(properties, flagsOf(properties) | messageFlags.unsent)
  if (flag !== 'none') properties.set(keys.flagStatus, { type: 'Integer', value: flag === 'flagged' ? '2' : '1' })
}

/** Makes the folder where there is none. */
export function folderAt(mailbox: Mailbox, { root, path }: SeedPlace): Folder {
  return path.reduce<Folder>(
    (parent, displayName) =>
      childrenOf(mailbox, parent).find(child => child.displayName === displayName) ??
      addFolder(mailbox, parent, { displayName, folderClass: 'IPF.Note' }),
    distinguishedFolder(mailbox, root),
  )
}

async function create(organisation: Organisation, person: Person, item: SeedOther): Promise<void> {
  const { body } = await answerEws(organisation, person, Buffer.from(createRequest(item)))
  const code = /ResponseCode>(\w+)</.exec(body.toString())?.[1]
  if (code !== 'NoError') throw new Error(`A seeded item was refused with ${code}: ${item.xml}`)
}
