import { v7 as uuid } from 'uuid'
import type { Connection, ConnectionSettings, Role, Verification } from '../domain/connection.ts'
import { connectionChanges } from '../domain/connectionChange.ts'
import { MailferryError } from '../domain/errors.ts'
import { asConnectionId, type ConnectionId } from '../domain/ids.ts'
import { mayChange, mayDelete } from '../domain/inUse.ts'
import { isSame } from '../domain/isSame.ts'
import { checkName, nameKey } from '../domain/names.ts'
import { nextChange } from './changeNumber.ts'
import { findConnection } from './connections.ts'
import { listJobs } from './jobs.ts'
import { journal } from './journal.ts'
import type { Tx } from './ledger.ts'
import { settingsToStore } from './settingsToStore.ts'

export interface NewConnection {
  readonly name: string
  readonly role: Role
  readonly settings: ConnectionSettings
}

/** Adds a connection, not verified yet. Throws `name.taken` and what else `checkName` has against the name. */
export async function createConnection(tx: Tx, wanted: NewConnection): Promise<Connection> {
  const { role } = wanted
  const name = await freeName(tx, wanted.name)
  const settings = settingsToStore(wanted.settings)
  const verification: Verification = { state: 'unverified' }
  const id = asConnectionId(uuid())
  await tx
    .insertInto('connections')
    .values({
      id,
      name,
      name_key: nameKey(name),
      role,
      kind: settings.kind,
      settings: JSON.stringify(settings),
      verification: JSON.stringify(verification),
      change: await nextChange(tx),
    })
    .execute()
  await journal(tx, { subject: id, what: 'connection.created', detail: { name, role, settings } })
  return { id, name, role, settings, verification }
}

/**
 * Gives a connection other settings. The same ones change nothing; trust in another certificate is taken over as it is;
 * any other edit makes it unverified. Throws `inUse` with the jobs that refer to it, `imap.hostChanged`, and `immutable` for another kind.
 */
export async function updateConnection(tx: Tx, id: ConnectionId, wanted: ConnectionSettings): Promise<Connection> {
  const before = await findConnection(tx, id)
  const after: Connection = { ...before, settings: settingsToStore(wanted) }
  const changes = connectionChanges(before, after)
  if (changes.size === 0 && isSame(before.settings, after.settings)) return before
  const refusal = mayChange(before, after, await listJobs(tx))
  if (refusal !== undefined) throw refusal
  const keeps = !changes.has('host') && !changes.has('edit')
  const verification: Verification = keeps ? before.verification : { state: 'unverified' }
  await set(tx, id, { settings: JSON.stringify(after.settings), verification: JSON.stringify(verification) })
  await journal(tx, { subject: id, what: 'connection.updated', detail: { from: before.settings, to: after.settings } })
  return { ...after, verification }
}

/** Changes the display name only, which is allowed while jobs use the connection. Throws as `createConnection` does for a name. */
export async function renameConnection(tx: Tx, id: ConnectionId, wanted: string): Promise<Connection> {
  const before = await findConnection(tx, id)
  const name = await freeName(tx, wanted, id)
  if (before.name === name) return before
  await set(tx, id, { name, name_key: nameKey(name) })
  await journal(tx, { subject: id, what: 'connection.renamed', detail: { from: before.name, to: name } })
  return { ...before, name }
}

/** Trusts a new certificate of the same host by its SHA-256 fingerprint, which is allowed while jobs use the connection. */
export async function trustCertificate(tx: Tx, id: ConnectionId, fingerprint: string): Promise<Connection> {
  const { settings, name } = await findConnection(tx, id)
  switch (settings.kind) {
    case 'imap':
      return updateConnection(tx, id, { ...settings, server: { ...settings.server, fingerprint } })
    case 'exchange': {
      // Autodiscover and EWS may lie on different hosts, each with a certificate of its own.
      const fingerprints = [...new Set([...(settings.trust?.fingerprints ?? []), fingerprint])]
      return updateConnection(tx, id, { ...settings, trust: { ...settings.trust, fingerprints } })
    }
    case 'office365':
      throw new MailferryError('usage', {
        detail: `${name} leads to Microsoft’s servers, whose certificates authorities vouch for; where a proxy comes between, name its authority as the connection’s caFile`,
      })
  }
}

/** Records what a verification, a check or a run found out. A state or a reason that came to be is journalled, the same one again is not. */
export async function setVerification(tx: Tx, id: ConnectionId, verification: Verification): Promise<void> {
  const before = await findConnection(tx, id)
  if (isSame(before.verification, verification)) return
  await set(tx, id, { verification: JSON.stringify(verification) })
  const from = before.verification
  const why = verification.state === 'stale' ? { reason: verification.reason, why: verification.detail } : {}
  if (
    from.state === verification.state &&
    (verification.state !== 'stale' || (from.state === 'stale' && from.reason === verification.reason))
  )
    return
  await journal(tx, { subject: id, what: 'connection.verification', detail: { from: from.state, to: verification.state, ...why } })
}

/** Deletes a connection that no job refers to, else throws `inUse`. Its secret is the vault's to delete. */
export async function deleteConnection(tx: Tx, id: ConnectionId): Promise<void> {
  const before = await findConnection(tx, id)
  const refusal = mayDelete(before, await listJobs(tx))
  if (refusal !== undefined) throw refusal
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

/** The name as it is stored, when no other connection has it. */
async function freeName(tx: Tx, wanted: string, except?: ConnectionId): Promise<string> {
  const name = checkName('connection', wanted)
  if (name instanceof MailferryError) throw name
  const other = await tx.selectFrom('connections').select(['id', 'name']).where('name_key', '=', nameKey(name)).executeTakeFirst()
  if (other !== undefined && other.id !== except) throw new MailferryError('name.taken', { kind: 'connection', name: other.name })
  return name
}
