import type { Recorded } from '../domain/connection.ts'
import type { ConnectionId } from '../domain/ids.ts'
import { jobsUsing } from '../domain/inUse.ts'
import { mayReconfigure, type Reconfiguration } from '../domain/reconfigure.ts'
import { recordedIn } from '../domain/refusedSignIns.ts'
import type { SecretReference } from '../domain/secretReference.ts'
import { nextChange } from './changeNumber.ts'
import { findConnection } from './connections.ts'
import { listJobs } from './jobs.ts'
import { journal } from './journal.ts'
import type { Tx } from './ledger.ts'
import { runningJobs } from './runningJobs.ts'
import { secretReferenceOf } from './secretReferences.ts'
import { settingsToStore } from './settingsToStore.ts'

export interface Reconfigured extends Reconfiguration {
  /** What verifying the new settings learned. */
  readonly recorded: Recorded
  /** Where the secret is had from now on; as before unless said. */
  readonly secret?: SecretReference
}

/**
 * The one edit that jobs allow: other settings of the same organisation, with their verification and where their secret is, all or nothing.
 * Journalled with old and new, the evidence and who took the responsibility. Throws what `mayReconfigure` answers.
 */
export async function reconfigureConnection(tx: Tx, id: ConnectionId, wanted: Reconfigured): Promise<void> {
  const before = await findConnection(tx, id)
  const jobs = await listJobs(tx)
  const refusal = mayReconfigure(before, wanted, jobs, await runningJobs(tx))
  if (refusal !== undefined) throw refusal
  const settings = settingsToStore(wanted.settings)
  const secret = wanted.secret ?? (await secretReferenceOf(tx, id))
  const { recorded } = wanted
  await tx
    .updateTable('connections')
    .set({
      settings: JSON.stringify(settings),
      verification: JSON.stringify({ state: 'verified', recorded }),
      secret: secret === undefined ? null : JSON.stringify(secret),
      change: await nextChange(tx),
    })
    .where('id', '=', id)
    .execute()
  await journal(tx, {
    subject: id,
    what: 'connection.reconfigured',
    detail: {
      from: before.settings,
      to: settings,
      organisation: { recorded: recordedIn(before.verification)?.organisation ?? null, found: recorded.organisation },
      evidence: wanted.evidence,
      responsible: wanted.evidence === 'unproven',
      newSecret: wanted.secret !== undefined,
      jobs: jobsUsing(id, jobs).map(({ name }) => name),
    },
  })
}
