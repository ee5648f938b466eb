import { isError } from '../../domain/errors.ts'
import { mailboxKey } from '../../domain/mailboxKey.ts'
import type { OrganisationFound } from '../../domain/organisation.ts'
import type { Mailbox } from '../../domain/pair.ts'
import type { MailServer } from '../../servers/mailServer.ts'

/** One mailbox that opens is evidence enough; a few are tried, for some may have been deleted meanwhile. */
const mailboxesTried = 5

/** Looks mailboxes of known pairs up by their immutable ids, and opens the first that is there: it must say that it is the one. Nothing where none can be had. */
export async function knownMailbox(
  server: MailServer,
  mailboxes: readonly Mailbox[],
  signal: AbortSignal,
): Promise<OrganisationFound['knownMailbox']> {
  for (const mailbox of mailboxes.filter(({ id }) => id !== undefined).slice(0, mailboxesTried)) {
    const verdict = await look(server, mailbox, signal).catch((error: unknown) => {
      signal.throwIfAborted()
      if (!isError(error)) throw error
      return undefined
    })
    if (verdict !== undefined) return verdict
  }
  return undefined
}

async function look(server: MailServer, mailbox: Mailbox, signal: AbortSignal): Promise<OrganisationFound['knownMailbox']> {
  const found = await server.resolve(mailbox, signal)
  if (found.found !== 'one') return undefined
  await using session = await server.open(found.mailbox, { signal, connections: 1 })
  const identity = await session.identity()
  if (identity?.id === undefined) return undefined
  return mailboxKey(identity) === mailboxKey(mailbox) ? 'same' : 'different'
}
