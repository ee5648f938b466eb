import type { Connection } from '../../domain/connection.ts'
import { findConnection, listConnections } from '../../ledger/connections.ts'
import { inParallel } from '../../migration/inParallel.ts'
import { storedError } from '../../migration/storedError.ts'
import type { CheckedEvent } from '../../rpc/events.ts'
import type { Call, Handler } from '../../rpc/protocol.ts'
import { checkConnection } from '../checkConnection.ts'
import type { EngineContext } from '../context.ts'

const connectionsAtOnce = 4

/** Checks connections, all or those named, without doing harm, and records what was found: see `checkConnection`. Answers in the order they were named in. */
export const connectionCheck: Handler<'connection.check', EngineContext> = async (context, { names }, call) => {
  const { db } = context.ledger
  const chosen = names === undefined ? await listConnections(db) : await Promise.all(names.map(name => findConnection(db, name)))
  const checked = new Map<string, CheckedEvent>()
  for await (const event of inParallel(chosen, connectionsAtOnce, connection => check(context, connection, call))) {
    call.emit(event)
    checked.set(event.connection, event)
  }
  return { connections: chosen.flatMap(({ name }) => checked.get(name) ?? []) }
}

async function check(context: EngineContext, connection: Connection, call: Call): Promise<CheckedEvent> {
  const { verification, error } = await checkConnection(context, connection, call)
  return { event: 'checked', connection: connection.name, verification, ...(error === undefined ? {} : { error: storedError(error) }) }
}
