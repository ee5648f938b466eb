import type { Connection } from '../domain/connection.ts'
import { MailferryError } from '../domain/errors.ts'
import { findConnection, jobsUsing } from '../ledger/connections.ts'
import type { Reader } from '../ledger/ledger.ts'
import { secretReferenceOf } from '../ledger/secretReferences.ts'
import type { ConnectionSummary } from '../rpc/results.ts'
import type { Connectable } from './context.ts'

/** A connection of a kind that can be connected to. Throws `connection.notFound`, `connection.notYet`. */
export async function connectable(db: Reader, nameOrId: string): Promise<Connectable> {
  const connection = await findConnection(db, nameOrId)
  const { settings } = connection
  if (settings.kind === 'office365') throw new MailferryError('connection.notYet', { connection: connection.name, kind: settings.kind })
  return { ...connection, settings }
}

export async function summaryOf(db: Reader, { id, name, role, settings, verification }: Connection): Promise<ConnectionSummary> {
  const secret = await secretReferenceOf(db, id)
  return { id, name, role, settings, verification, usedBy: await jobsUsing(db, id), ...(secret === undefined ? {} : { secret }) }
}
