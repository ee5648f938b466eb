import { isDeepStrictEqual } from 'node:util'
import type { ConnectionId } from '../domain/ids.ts'
import type { SecretReference } from '../domain/secretReference.ts'
import { nextChange } from './changeNumber.ts'
import { journal } from './journal.ts'
import { parseOrNothing } from './json.ts'
import type { Reader, Tx } from './ledger.ts'

/** Where a connection's secret is had; nothing where nobody said. */
export async function secretReferenceOf(db: Reader, id: ConnectionId): Promise<SecretReference | undefined> {
  const row = await db.selectFrom('connections').select('secret').where('id', '=', id).executeTakeFirst()
  return parseOrNothing<SecretReference>(row?.secret ?? null)
}

/** Says where a connection's secret is had from now on, which is allowed while jobs use the connection. Answers whether that is new. */
export async function setSecretReference(tx: Tx, id: ConnectionId, reference: SecretReference): Promise<boolean> {
  const before = await secretReferenceOf(tx, id)
  if (isDeepStrictEqual(before, reference)) return false
  await tx
    .updateTable('connections')
    .set({ secret: JSON.stringify(reference), change: await nextChange(tx) })
    .where('id', '=', id)
    .execute()
  await journal(tx, { subject: id, what: 'connection.secretReference', detail: { from: before ?? null, to: reference } })
  return true
}
