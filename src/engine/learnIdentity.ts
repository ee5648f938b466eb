import type { Connection } from '../domain/connection.ts'
import { MailferryError } from '../domain/errors.ts'
import { mailboxKey } from '../domain/mailboxKey.ts'
import type { Mailbox } from '../domain/pair.ts'
import type { Ledger } from '../ledger/ledger.ts'
import { learnMailbox } from '../ledger/pairMailboxes.ts'
import type { MailServer, MailSession } from '../servers/mailServer.ts'

/**
 * Asks an open mailbox who it is, before anything is done with it. Pairs that knew it by its address alone learn its id; where it isn't the one that is meant, the run ends:
 * `mailbox.readdressed` where that one is still to be found, `mailbox.replaced` where it is gone. Throws `pair.twice`, `target.shared` too.
 */
export async function learnIdentity(
  ledger: Ledger,
  { id, name, role }: Connection,
  server: Pick<MailServer, 'resolve'>,
  { session, mailbox, signal }: { readonly session: MailSession; readonly mailbox: Mailbox; readonly signal: AbortSignal },
): Promise<void> {
  const identity = await session.identity()
  if (identity?.id === undefined) return
  if (mailbox.id === undefined) {
    await ledger.write(tx => learnMailbox(tx, id, role, mailbox.address, identity))
    return
  }
  if (mailboxKey(identity) === mailboxKey(mailbox)) return
  const found = await server.resolve(mailbox, signal)
  if (found.found === 'none') throw new MailferryError('mailbox.replaced', { mailbox: mailbox.address, side: role })
  const now = found.found === 'one' ? { now: found.mailbox.address } : {}
  throw new MailferryError('mailbox.readdressed', { mailbox: mailbox.address, connection: name, ...now })
}
