import type { Job } from '../domain/job.ts'
import type { Reader } from '../ledger/ledger.ts'
import { findPair, listPairs } from '../ledger/pairs.ts'
import type { PairRow } from '../ledger/rows.ts'

/** The pairs of a job that a person named by their mailboxes, or all of them. Throws `pair.notFound`. */
export async function chosenPairs(db: Reader, job: Job, mailboxes: readonly string[] | undefined): Promise<PairRow[]> {
  if (mailboxes === undefined) return listPairs(db, job.id)
  const pairs = new Map<string, PairRow>()
  for (const mailbox of mailboxes) {
    const pair = await findPair(db, job.id, mailbox)
    pairs.set(pair.id, pair)
  }
  return [...pairs.values()]
}
