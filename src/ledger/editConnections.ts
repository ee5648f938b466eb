import { isDeepStrictEqual } from 'node:util'
import { v7 as uuid } from 'uuid'
import type { Connection, ConnectionSettings, Role, Verification } from '../domain/connection.ts'
import { MailferryError } from '../domain/errors.ts'
import { asConnectionId, type ConnectionId } from '../domain/ids.ts'
import { nextChange } from './changeNumber.ts'
import { findConnection, jobsUsing } from './connections.ts'
import { journal } from './journal.ts'
import { nameKey } from './keys.ts'
import type { Tx } from './ledger.ts'
import { settingsToStore } from './settingsToStore.ts'

export interface NewConnection {
  readonly name: string
  readonly role: Role
  readonly settings: ConnectionSettings
}

/** Adds a connection, not verified yet. Throws `name.taken`. */
export async function createConnection(tx: Tx, { name, role, settings }: NewConnection): Promise<Connection> {
  await refuseTakenName(tx, name)
  const connection: Connection = {
    id: asConnectionId(uuid()),
    name,
    role,
    settings: settingsToStore(settings),
    verification: { state: 'unverified' },
  }
  await tx
    .insertInto('connections')
    .values({
      id: connection.id,
      name,
      name_key: nameKey(name),
      role,
      kind: settings.kind,
      settings: JSON.stringify(connection.settings),
      verification: JSON.stringify(connection.verification),
      change: await nextChange(tx),
    })
    .execute()
  await journal(tx, { subject: connection.id, what: 'connection.created', detail: { name, role, settings: connection.settings } })
  return connection
}

/**
 * Gives a connection other settings, after which it is not verified; the same settings change nothing.
 * Throws `inUse` with the jobs that refer to it, and `immutable` for another kind.
 */
export async function updateConnection(tx: Tx, id: ConnectionId, settings: ConnectionSettings): Promise<Connection> {
  const before = await findConnection(tx, id)
  const stored = settingsToStore(settings)
  if (isDeepStrictEqual(before.settings, stored)) return before
  if (before.settings.kind !== stored.kind) throw new MailferryError('immutable', { connection: before.name, field: 'kind' })
  await refuseInUse(tx, before)
  const verification: Verification = { state: 'unverified' }
  await set(tx, id, { settings: JSON.stringify(stored), verification: JSON.stringify(verification) })
  await journal(tx, { subject: id, what: 'connection.updated', detail: { from: before.settings, to: stored } })
  return { ...before, settings: stored, verification }
}

/** Changes the display name only, which is allowed while jobs use the connection. Throws `name.taken`. */
export async function renameConnection(tx: Tx, id: ConnectionId, name: string): Promise<Connection> {
  const before = await findConnection(tx, id)
  if (before.name === name) return before
  await refuseTakenName(tx, name, id)
  await set(tx, id, { name, name_key: nameKey(name) })
  await journal(tx, { subject: id, what: 'connection.renamed', detail: { from: before.name, to: name } })
  return { ...before, name }
}

/** Trusts a new certificate of the same IMAP host by its SHA-256 fingerprint, which is allowed while jobs use the connection. */
export async function trustCertificate(tx: Tx, id: ConnectionId, fingerprint: string): Promise<Connection> {
  const before = await findConnection(tx, id)
  if (before.settings.kind !== 'imap') throw new MailferryError('internal', { detail: 'only an IMAP connection has a pinned certificate' })
  const settings = { ...before.settings, server: { ...before.settings.server, fingerprint } }
  if (isDeepStrictEqual(before.settings, settings)) return before
  await set(tx, id, { settings: JSON.stringify(settings) })
  const detail = { from: before.settings.server.fingerprint ?? null, to: fingerprint }
  await journal(tx, { subject: id, what: 'connection.certificateTrusted', detail })
  return { ...before, settings }
}

/** Records what a verification or a run found out. A state that came to be is journalled, the same one again is not. */
export async function setVerification(tx: Tx, id: ConnectionId, verification: Verification): Promise<void> {
  const before = await findConnection(tx, id)
  if (isDeepStrictEqual(before.verification, verification)) return
  await set(tx, id, { verification: JSON.stringify(verification) })
  if (before.verification.state === verification.state) return
  await journal(tx, { subject: id, what: 'connection.verification', detail: { from: before.verification.state, to: verification.state } })
}

/** Deletes a connection that no job refers to, else throws `inUse`. Its secret is the vault's to delete. */
export async function deleteConnection(tx: Tx, id: ConnectionId): Promise<void> {
  const before = await findConnection(tx, id)
  await refuseInUse(tx, before)
  await tx.deleteFrom('connections').where('id', '=', id).execute()
  await tx
    .insertInto('removed')
    .values({ change: await nextChange(tx), kind: 'connection', id })
    .execute()
  await journal(tx, { subject: id, what: 'connection.deleted', detail: { name: before.name } })
}

async function set(
  tx: Tx,
  id: ConnectionId,
  values: { name?: string; name_key?: string; settings?: string; verification?: string },
): Promise<void> {
  await tx
    .updateTable('connections')
    .set({ ...values, change: await nextChange(tx) })
    .where('id', '=', id)
    .execute()
}

async function refuseTakenName(tx: Tx, name: string, except?: ConnectionId): Promise<void> {
  const other = await tx.selectFrom('connections').select(['id', 'name']).where('name_key', '=', nameKey(name)).executeTakeFirst()
  if (other !== undefined && other.id !== except) throw new MailferryError('name.taken', { kind: 'connection', name: other.name })
}

async function refuseInUse(tx: Tx, { id, name }: Connection): Promise<void> {
  const jobs = await jobsUsing(tx, id)
  if (jobs.length > 0) throw new MailferryError('inUse', { connection: name, jobs })
}
