import { asMailferryError } from '../../domain/asMailferryError.ts'
import type { Connection } from '../../domain/connection.ts'
import { isError } from '../../domain/errors.ts'
import type { Mailbox } from '../../domain/pair.ts'
import { findConnection } from '../../ledger/connections.ts'
import { inParallel } from '../../migration/inParallel.ts'
import { storedError } from '../../migration/storedError.ts'
import type { MailboxEvent } from '../../rpc/events.ts'
import type { Handler } from '../../rpc/protocol.ts'
import type { MailServer } from '../../servers/mailServer.ts'
import type { EngineContext } from '../context.ts'
import { guardedServer } from '../guardedServer.ts'
import { mailboxesOf } from '../mailboxesOf.ts'
import { lazySource, secretLoader } from '../secretLoader.ts'

const mailboxesAtOnce = 4

/** Opens every mailbox that jobs use on a connection, before the night they are moved. Reads nothing but folders' names and numbers. */
export const connectionPreflight: Handler<'connection.preflight', EngineContext> = async (context, { name }, call) => {
  const { ledger } = context
  const connection = await findConnection(ledger.db, name)
  const load = secretLoader(context, connection, call.emit)
  const opened = await context.openServer(connection, lazySource(load))
  await using server = guardedServer({ server: opened, ledger, connection, load })
  const mailboxes = await mailboxesOf(ledger.db, connection)
  const failures: NonNullable<MailboxEvent['error']>[] = []
  for await (const event of inParallel(mailboxes, mailboxesAtOnce, mailbox => look(server, connection, mailbox, call.signal))) {
    call.emit(event)
    if (event.error !== undefined) failures.push(event.error)
  }
  return { mailboxes: mailboxes.length, failures }
}

async function look(server: MailServer, { name, role }: Connection, mailbox: Mailbox, signal: AbortSignal): Promise<MailboxEvent> {
  const event = {
    event: 'mailbox',
    connection: name,
    mailbox: mailbox.address,
    ...(role === 'target' && (await readiness(server, mailbox, signal))),
  } as const
  try {
    await using session = await server.open(mailbox, { signal, connections: 1 })
    const folders = await session.folders()
    const room = await session.room?.(signal)
    const messages = folders.reduce((total, { count }) => total + count, 0)
    return { ...event, folders: folders.length, messages, ...(room === undefined ? {} : { room }) }
  } catch (error) {
    signal.throwIfAborted()
    return { ...event, error: storedError(asMailferryError(error)) }
  }
}

/** What can't be looked at is no failure of the mailbox: opening it tells. */
async function readiness(server: MailServer, mailbox: Mailbox, signal: AbortSignal): Promise<Pick<MailboxEvent, 'readiness'>> {
  try {
    const findings = await server.readiness?.(mailbox, signal)
    return findings === undefined ? {} : { readiness: findings }
  } catch (error) {
    signal.throwIfAborted()
    if (!isError(error)) throw error
    return {}
  }
}
