import { carryAccessScript } from '../../domain/powershell/carryAccess.ts'
import { findConnection } from '../../ledger/connections.ts'
import { findJob } from '../../ledger/jobs.ts'
import type { Handler } from '../../rpc/protocol.ts'
import { chosenPairs } from '../chosenPairs.ts'
import type { EngineContext } from '../context.ts'

/** A script that carries forwarding and mailbox permissions over by the job's pairs. Asks no server. */
export const jobScripts: Handler<'job.scripts', EngineContext> = async ({ ledger: { db } }, { name, mailboxes }) => {
  const job = await findJob(db, name)
  const source = (await findConnection(db, job.source)).settings.kind
  const target = (await findConnection(db, job.target)).settings.kind
  const pairs = await chosenPairs(db, job, mailboxes)
  if (source === 'imap' || target === 'imap') return { job: job.name, pairs: pairs.length }
  return { job: job.name, pairs: pairs.length, script: carryAccessScript(job.name, pairs, { source, target }) }
}
