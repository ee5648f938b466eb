import type { Mailbox } from '../../domain/pair.ts'
import { findConnection } from '../../ledger/connections.ts'
import type { Handler } from '../../rpc/protocol.ts'
import type { MailServer } from '../../servers/mailServer.ts'
import type { EngineContext } from '../context.ts'
import { guardedServer } from '../guardedServer.ts'
import { lazySource, secretLoader } from '../secretLoader.ts'

/**
 * A part of the mailboxes that a server lists; IMAP has those that the secret's CSV has sign-ins for. `search` is the server's own where it has one, else a
 * part of address or display name.
 */
export const mailboxesList: Handler<'mailboxes.list', EngineContext> = async (
  context,
  { connection: name, offset, limit, search },
  call,
) => {
  const { ledger } = context
  const connection = await findConnection(ledger.db, name)
  const load = secretLoader(context, connection, call.emit)
  await using server = guardedServer({ server: await context.openServer(connection, lazySource(load)), ledger, connection, load })
  const list: Mailbox[] = []
  let passed = 0
  for await (const page of found(server, search ?? '', call.signal)) {
    for (const mailbox of page) {
      if (passed >= offset) list.push(mailbox)
      passed += 1
    }
    if (list.length > limit) break
  }
  return { list: list.slice(0, limit), more: list.length > limit }
}

async function* found(server: MailServer, text: string, signal: AbortSignal): AsyncGenerator<readonly Mailbox[], void, undefined> {
  if (text !== '' && server.search !== undefined) return yield await server.search(text, signal)
  const part = text.toLowerCase()
  for await (const page of server.mailboxes(signal)) {
    yield page.filter(({ address, displayName = '' }) => address.toLowerCase().includes(part) || displayName.toLowerCase().includes(part))
  }
}
