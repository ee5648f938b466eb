import { asMailferryError } from '../../domain/asMailferryError.ts'
import type { MailferryError } from '../../domain/errors.ts'
import type { Job } from '../../domain/job.ts'
import type { StoredError } from '../../domain/pair.ts'
import { noteOfJob } from '../../ledger/editJobs.ts'
import { findJob } from '../../ledger/jobs.ts'
import type { Ledger } from '../../ledger/ledger.ts'
import { type Refreshed, refreshAddresses } from '../../migration/refreshAddresses.ts'
import { storedError } from '../../migration/storedError.ts'
import type { RefreshedEvent, RefreshOutcome } from '../../rpc/events.ts'
import type { Handler } from '../../rpc/protocol.ts'
import { chosenPairs } from '../chosenPairs.ts'
import type { EngineContext } from '../context.ts'
import { openJobServers } from '../jobServers.ts'
import { readLogins, repointLogins } from '../refresh/repointLogins.ts'
import { refuseRefresh, saveMailbox } from '../refresh/saveMailbox.ts'
import { checkJobConnections } from '../staleWatch.ts'

/**
 * Reads every pair's addresses anew by immutable id, on both sides; with `csv`, follows logins of an IMAP side that changed. Pair by pair, so that what was found stays
 * whatever befalls the rest. What was migrated stays as it is. Throws `stale`, `job.running`, `csv.invalid`.
 */
export const jobRefreshAddresses: Handler<'job.refreshAddresses', EngineContext> = async (context, { name, mailboxes, csv }, call) => {
  const { ledger } = context
  const job = await findJob(ledger.db, name)
  await ledger.write(tx => refuseRefresh(tx, job))
  const logins = csv === undefined ? undefined : { file: csv, job, logins: await readLogins(csv) }
  const pairs = await chosenPairs(ledger.db, job, mailboxes)
  await checkJobConnections(context, job, call)
  await ledger.write(tx => refuseRefresh(tx, job))
  await using servers = await openJobServers(context, job, call.emit)
  const found =
    logins === undefined ? refreshAddresses(servers, pairs, call.signal) : repointLogins(ledger, logins, servers, pairs, call.signal)
  const outcomes: Record<RefreshOutcome, number> = { refreshed: 0, unchanged: 0, notFound: 0, ambiguous: 0, failed: 0 }
  const failures: StoredError[] = []
  for await (const one of found) {
    const event = await save(ledger, job, one)
    outcomes[event.outcome] += 1
    if (event.error !== undefined) failures.push(event.error)
    call.emit(event)
  }
  // A refresh of some mailboxes says nothing of the others.
  if (mailboxes === undefined) {
    const unsure = outcomes.notFound + outcomes.ambiguous + outcomes.failed
    await ledger.write(tx => noteOfJob(tx, job.id, 'job.addressesRefreshed', { ...outcomes, unsure }))
  }
  return { outcomes, failures }
}

async function save(ledger: Ledger, job: Job, one: Refreshed): Promise<RefreshedEvent> {
  const { pair, side } = one
  const event = { event: 'refreshed', job: job.name, side, mailbox: pair[side].address } as const
  switch (one.outcome) {
    case 'notFound':
      return { ...event, outcome: 'notFound' }
    case 'ambiguous':
      return { ...event, outcome: 'ambiguous', candidates: one.candidates }
    case 'failed':
      return failed(event, one.error)
    case 'found':
      break
  }
  try {
    const moved = await ledger.write(tx => saveMailbox(tx, job, pair, side, one.mailbox))
    return { ...event, outcome: moved ? 'refreshed' : 'unchanged', address: one.mailbox.address }
  } catch (error) {
    return failed(event, asMailferryError(error))
  }
}

const failed = (event: Pick<RefreshedEvent, 'event' | 'job' | 'side' | 'mailbox'>, error: MailferryError): RefreshedEvent => ({
  ...event,
  outcome: 'failed',
  error: storedError(error),
})
