import type { Item } from '../../../src/sandbox/exchange/item.ts'
import type { Mailbox } from '../../../src/sandbox/exchange/mailbox.ts'
import { type MailView, pathOf, viewOf } from '../../support/exchangeMailbox.ts'
import type { MailboxSnapshot, MessageSnapshot } from '../../support/snapshot.ts'

/**
 * Reads a mailbox's mail from the store itself, with no Graph in between: what remains of a message whoever composed it. Folders that only one kind of server has
 * from the beginning are left out as long as they are empty.
 */
export async function readMail(mailbox: Mailbox, except: ReadonlySet<Item> = new Set()): Promise<MailboxSnapshot> {
  const folders = new Map<string, MessageSnapshot[]>()
  for (const folder of mailbox.folders.values()) {
    const path = pathOf(mailbox, folder)?.join('/')
    if (path && folder.distinguished === undefined && !archives.has(path) && /^IPF\.Note/.test(folder.folderClass)) folders.set(path, [])
  }
  for (const [path, mails] of await viewOf(mailbox, { except })) folders.set(path, mails.map(snapshot))
  return { folders, subscriptions: [] }
}

/** Every mailbox of Exchange Online has one, in its language. */
const archives: ReadonlySet<string> = new Set(['Archive', 'Archiv', 'Arkiv'])

const snapshot = ({ content, flags, received }: MailView, index: number): MessageSnapshot => ({
  uid: index + 1,
  sha256: content,
  size: 0,
  flags: flags.filter(isFlag),
  keywords: flags.filter(flag => !isFlag(flag)),
  received,
})

const isFlag = (flag: string): boolean => /^[\\$]/.test(flag)
