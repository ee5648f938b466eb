import { hostKey } from '../../domain/addresses.ts'
import type { Connection, ConnectionSettings } from '../../domain/connection.ts'
import { MailferryError } from '../../domain/errors.ts'
import type { ConnectionId } from '../../domain/ids.ts'
import { isSame } from '../../domain/isSame.ts'
import { nameKey } from '../../domain/names.ts'
import { listConnections } from '../../ledger/connections.ts'
import { createConnection, updateConnection } from '../../ledger/editConnections.ts'
import type { Tx } from '../../ledger/ledger.ts'
import { setSecretReference } from '../../ledger/secretReferences.ts'
import type { PlanConnection } from '../../rpc/plan.ts'
import type { ApplyLine } from '../../rpc/results.ts'
import { connectionSettings } from './settings.ts'

/** Creates a connection, or brings the one of that name up to the plan. Throws what the in-use lock throws. */
export async function applyConnection(tx: Tx, planned: PlanConnection): Promise<ApplyLine> {
  const { name, role } = planned
  const existing = (await listConnections(tx)).find(connection => nameKey(connection.name) === nameKey(name))
  if (existing === undefined) {
    const created = await createConnection(tx, { name, role, settings: connectionSettings(planned) })
    await applySecret(tx, created.id, planned)
    return { kind: 'connection', name: created.name, outcome: 'created' }
  }
  if (existing.role !== role) throw new MailferryError('immutable', { connection: existing.name, field: 'role' })
  const { settings } = await updateConnection(tx, existing.id, keepingTrust(existing, connectionSettings(planned)))
  const newSecret = await applySecret(tx, existing.id, planned)
  return { kind: 'connection', name: existing.name, outcome: newSecret || !isSame(settings, existing.settings) ? 'updated' : 'unchanged' }
}

/** A certificate that was trusted by hand since stays trusted where the plan says nothing of one for the same host. */
function keepingTrust({ settings: before }: Connection, settings: ConnectionSettings): ConnectionSettings {
  if (before.kind === 'imap' && settings.kind === 'imap') {
    const { fingerprint } = before.server
    const keeps =
      fingerprint !== undefined &&
      settings.server.fingerprint === undefined &&
      hostKey(before.server.host) === hostKey(settings.server.host)
    return keeps ? { ...settings, server: { ...settings.server, fingerprint } } : settings
  }
  if (before.kind === 'exchange' && settings.kind === 'exchange') {
    const fingerprints = before.trust?.fingerprints
    const keeps = fingerprints !== undefined && settings.trust?.fingerprints === undefined && isSame(before.server, settings.server)
    return keeps ? { ...settings, trust: { ...settings.trust, fingerprints } } : settings
  }
  return settings
}

const applySecret = async (tx: Tx, id: ConnectionId, { secret }: PlanConnection): Promise<boolean> =>
  secret !== undefined && setSecretReference(tx, id, secret)
