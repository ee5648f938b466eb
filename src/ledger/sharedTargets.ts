import { sql } from 'kysely'
import { hostKey } from '../domain/addresses.ts'
import type { Connection } from '../domain/connection.ts'
import { MailferryError } from '../domain/errors.ts'
import type { ConnectionId } from '../domain/ids.ts'
import type { Job } from '../domain/job.ts'
import { listConnections } from './connections.ts'
import type { Tx } from './ledger.ts'

/** IMAP's two ports, for STARTTLS and for TLS, are doors to one server; any other port may be another one. */
const imapPorts = [143, 993]

/** What tells that two connections lead to the same mailboxes: an IMAP server's address, else the organisation that was verified. */
function placeOf({ id, settings, verification }: Connection): string {
  if (settings.kind === 'imap') {
    const { host, port } = settings.server
    return `imap:${hostKey(host)}:${imapPorts.includes(port) ? '' : port}`
  }
  const recorded = 'recorded' in verification ? verification.recorded : undefined
  return recorded === undefined ? id : `${settings.kind}:${recorded.organisation}`
}

/** All connections that lead where this one leads, itself among them. */
async function samePlace(tx: Tx, id: ConnectionId): Promise<ConnectionId[]> {
  const all = await listConnections(tx)
  const place = all.filter(connection => connection.id === id).map(placeOf)
  return all.filter(connection => place.includes(placeOf(connection))).map(connection => connection.id)
}

/** Throws `target.shared` where a pair of this job writes to a mailbox that another job's pair writes to, unless either job has the person's consent. */
export async function refuseSharedTargets(tx: Tx, job: Job): Promise<void> {
  if (job.settings.allowSharedTargets) return
  const places = JSON.stringify(await samePlace(tx, job.target))
  const { rows } = await sql<{ mailbox: string; otherJob: string }>`
    select mine.target ->> 'address' as mailbox, jobs.name as "otherJob"
    from pairs as mine
    join pairs as other on other.target_key = mine.target_key and other.job <> mine.job
    join jobs on jobs.id = other.job
    where mine.job = ${job.id} and jobs.target in (select value from json_each(${places}))
      and not jobs.settings ->> 'allowSharedTargets'
    limit 1
  `.execute(tx)
  const [shared] = rows
  if (shared !== undefined) throw new MailferryError('target.shared', { ...shared, job: job.name })
}
