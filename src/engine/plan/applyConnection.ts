import type { Connection, ImapSettings } from '../../domain/connection.ts'
import { connectionChanges } from '../../domain/connectionChange.ts'
import { MailferryError } from '../../domain/errors.ts'
import type { ConnectionId } from '../../domain/ids.ts'
import { mayChange } from '../../domain/inUse.ts'
import { checkName, nameKey } from '../../domain/names.ts'
import { listConnections } from '../../ledger/connections.ts'
import { createConnection, trustCertificate, updateConnection } from '../../ledger/editConnections.ts'
import { listJobs } from '../../ledger/jobs.ts'
import type { Tx } from '../../ledger/ledger.ts'
import { setSecretReference } from '../../ledger/secretReferences.ts'
import type { PlanConnection } from '../../rpc/plan.ts'
import type { ApplyLine } from '../../rpc/results.ts'
import { connectionSettings } from './settings.ts'

/** Creates a connection, or brings the one of that name up to the plan. Throws what the in-use lock throws. */
export async function applyConnection(tx: Tx, planned: PlanConnection): Promise<ApplyLine> {
  const name = checkName('connection', planned.name)
  if (name instanceof MailferryError) throw name
  const existing = (await listConnections(tx)).find(connection => nameKey(connection.name) === nameKey(name))
  if (existing === undefined) {
    const { id } = await createConnection(tx, { name, role: planned.role, settings: connectionSettings(planned) })
    await applySecret(tx, id, planned)
    return { kind: 'connection', name, outcome: 'created' }
  }
  const changed = await applySettings(tx, existing, planned)
  const newSecret = await applySecret(tx, existing.id, planned)
  return { kind: 'connection', name: existing.name, outcome: changed || newSecret ? 'updated' : 'unchanged' }
}

async function applySettings(tx: Tx, existing: Connection, planned: PlanConnection): Promise<boolean> {
  const settings = keepingTrust(existing, connectionSettings(planned))
  const wanted = { name: existing.name, role: planned.role, settings }
  const refusal = mayChange(existing, wanted, await listJobs(tx))
  if (refusal !== undefined) throw refusal
  const changes = connectionChanges(existing, wanted)
  if (changes.size === 0) return false
  const { fingerprint } = settings.server
  if (changes.size === 1 && changes.has('trust') && fingerprint !== undefined && sameCaFile(existing, settings))
    await trustCertificate(tx, existing.id, fingerprint)
  else await updateConnection(tx, existing.id, settings)
  return true
}

/** A certificate that was trusted by hand since stays trusted where the plan says nothing of one for the same host. */
function keepingTrust({ settings: before }: Connection, settings: ImapSettings): ImapSettings {
  if (before.kind !== 'imap' || settings.server.fingerprint !== undefined || before.server.fingerprint === undefined) return settings
  if (before.server.host.toLowerCase() !== settings.server.host.toLowerCase()) return settings
  return { ...settings, server: { ...settings.server, fingerprint: before.server.fingerprint } }
}

const sameCaFile = ({ settings }: Connection, { server }: ImapSettings): boolean =>
  settings.kind === 'imap' && settings.server.caFile === server.caFile

const applySecret = async (tx: Tx, id: ConnectionId, { secret }: PlanConnection): Promise<boolean> =>
  secret !== undefined && setSecretReference(tx, id, secret)
