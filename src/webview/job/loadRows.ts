import type { JobId } from '../../domain/ids.ts'
import type { Client } from '../../rpc/protocol.ts'
import { type PairRow, rowOf } from './pairRows.ts'

const atOnce = 1000

/** Every pair that a job has. */
export async function loadRows(engine: Client, job: JobId): Promise<PairRow[]> {
  const rows: PairRow[] = []
  for (;;) {
    const { list, total } = await engine.call('job.pairs', { name: job, offset: rows.length, limit: atOnce })
    rows.push(...list.map(rowOf))
    if (list.length === 0 || rows.length >= total) return rows
  }
}
