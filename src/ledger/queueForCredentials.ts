import { sql } from 'kysely'
import { asJobId, type ConnectionId, type JobId } from '../domain/ids.ts'
import { nextChange } from './changeNumber.ts'
import type { Tx } from './ledger.ts'

/** Puts the pairs that wait for credentials in the queue again, of the wanted jobs that use a connection whose secret was given. Answers those jobs. */
export async function queueForCredentials(
  tx: Tx,
  connection: ConnectionId,
): Promise<{ readonly jobs: readonly JobId[]; readonly pairs: number }> {
  const { rows } = await sql<{ job: string }>`
    update pairs set state = 'queued', detail = '{}', wake = null, change = ${await nextChange(tx)}
    where state = 'waiting' and detail ->> 'for' = 'credentials'
      and job in (select id from jobs where wanted = 'run' and ${connection} in (source, target))
    returning job
  `.execute(tx)
  return { jobs: [...new Set(rows.map(({ job }) => asJobId(job)))], pairs: rows.length }
}
