import type { Selectable } from 'kysely'
import type { Connection, ConnectionSettings, Role, Verification } from '../domain/connection.ts'
import { MailferryError } from '../domain/errors.ts'
import { asConnectionId, type ConnectionId } from '../domain/ids.ts'
import { nameKey } from '../domain/names.ts'
import { parse } from './json.ts'
import type { Reader } from './ledger.ts'
import type { ConnectionsTable } from './schema.ts'

/** A row as the domain has it. */
export const connectionOf = (row: Selectable<ConnectionsTable>): Connection => ({
  id: asConnectionId(row.id),
  name: row.name,
  role: row.role satisfies Role,
  settings: parse<ConnectionSettings>(row.settings),
  verification: parse<Verification>(row.verification),
})

/** All connections, by name. */
export async function listConnections(db: Reader): Promise<Connection[]> {
  const rows = await db.selectFrom('connections').selectAll().orderBy('name_key').execute()
  return rows.map(connectionOf)
}

/** A connection by its name, without regard to case, or by its id; `connection.notFound` names those there are. */
export async function findConnection(db: Reader, nameOrId: string): Promise<Connection> {
  const row = await db
    .selectFrom('connections')
    .selectAll()
    .where(({ eb, or }) => or([eb('id', '=', nameOrId), eb('name_key', '=', nameKey(nameOrId))]))
    .executeTakeFirst()
  if (row !== undefined) return connectionOf(row)
  const known = (await listConnections(db)).map(({ name }) => name)
  throw new MailferryError('connection.notFound', { name: nameOrId, known })
}

/** The names of the jobs that refer to a connection, in order; none means it is free. */
export async function jobsUsing(db: Reader, connection: ConnectionId): Promise<string[]> {
  const rows = await db
    .selectFrom('jobs')
    .select('name')
    .where(({ eb, or }) => or([eb('source', '=', connection), eb('target', '=', connection)]))
    .orderBy('name_key')
    .execute()
  return rows.map(({ name }) => name)
}
