import type { Mailbox } from '../../domain/pair.ts'
import { findConnection } from '../../ledger/connections.ts'
import type { Handler } from '../../rpc/protocol.ts'
import { listMailboxes } from '../../servers/exchange/verify/powerShell.ts'
import type { EngineContext } from '../context.ts'
import { guardedServer } from '../guardedServer.ts'
import { lazySource, secretLoader } from '../secretLoader.ts'

/** The mailboxes a server lists, or with `find` those that are called so. Where it can't list any, the line with which its administrator can. */
export const connectionMailboxes: Handler<'connection.mailboxes', EngineContext> = async (context, { name, find }, call) => {
  const { ledger } = context
  const connection = await findConnection(ledger.db, name)
  const load = secretLoader(context, connection, call.emit)
  const opened = await context.openServer(connection, lazySource(load))
  await using server = guardedServer({ server: opened, ledger, connection, load })
  if (find !== undefined && server.search !== undefined) return { mailboxes: await server.search(find, call.signal) }
  const mailboxes: Mailbox[] = []
  for await (const page of server.mailboxes(call.signal)) mailboxes.push(...page)
  // Where there is only a search, nothing is listed.
  if (server.search !== undefined && mailboxes.length === 0) return { mailboxes, command: listMailboxes }
  return { mailboxes: find === undefined ? mailboxes : mailboxes.filter(mailbox => isLike(mailbox, find)) }
}

const isLike = ({ address, displayName = '' }: Mailbox, text: string): boolean =>
  `${address}\n${displayName}`.toLowerCase().includes(text.toLowerCase())
