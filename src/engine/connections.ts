import type { Connection } from '../domain/connection.ts'
import { jobsUsing } from '../ledger/connections.ts'
import type { Reader } from '../ledger/ledger.ts'
import { secretReferenceOf } from '../ledger/secretReferences.ts'
import type { ConnectionSummary } from '../rpc/results.ts'

export async function summaryOf(db: Reader, { id, name, role, settings, verification }: Connection): Promise<ConnectionSummary> {
  const secret = await secretReferenceOf(db, id)
  return { id, name, role, settings, verification, usedBy: await jobsUsing(db, id), ...(secret === undefined ? {} : { secret }) }
}
