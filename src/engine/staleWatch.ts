import { type ErrorCode, isError, type MailferryError } from '../domain/errors.ts'
import type { Job } from '../domain/job.ts'
import { recordedIn } from '../domain/refusedSignIns.ts'
import { mayOperate } from '../domain/staleGate.ts'
import { canBeStale } from '../domain/staleness.ts'
import { findConnection } from '../ledger/connections.ts'
import type { Reader } from '../ledger/ledger.ts'
import type { Call } from '../rpc/protocol.ts'
import { checkConnection } from './checkConnection.ts'
import type { EngineContext } from './context.ts'
import { verifyFirst } from './verifyFirst.ts'

type WatchContext = Pick<EngineContext, 'ledger' | 'secrets' | 'openServer'>

/** What a domain change does to a run: the sign-in is refused, the address is dead, mailboxes have other addresses, or another company answers. */
const symptoms: readonly ErrorCode[] = [
  'signIn.refused',
  'signIn.expired',
  'signIn.locked',
  'signIn.stopped',
  'host.notFound',
  'host.refused',
  'host.unreachable',
  'host.timeout',
  'host.redirects',
  'mailbox.notFound',
  'mailbox.elsewhere',
  'organisation.different',
]

/**
 * Checks those of a job's connections that a domain change can touch, and verifies those of them that never were. Throws `organisation.different`; all else is in the ledger then, where the gates
 * of the operations look for it.
 */
export async function checkJobConnections(context: WatchContext, job: Pick<Job, 'source' | 'target'>, call: Call): Promise<void> {
  for (const id of [job.source, job.target]) {
    const connection = await findConnection(context.ledger.db, id)
    if (!canBeStale(connection.settings)) continue
    if (recordedIn(connection.verification) === undefined) await verifyFirst(context, connection, call)
    else {
      const { error } = await checkConnection(context, connection, call)
      if (isError(error, 'organisation.different')) throw error
    }
  }
}

/**
 * `stale` where something was found that makes a run of this job senseless. A declared domain change is no such thing: what runs already may go on
 * while it works, only nothing is started.
 */
export async function foundStale(db: Reader, job: Pick<Job, 'source' | 'target'>): Promise<MailferryError | undefined> {
  const connections = [await findConnection(db, job.source), await findConnection(db, job.target)]
  const found = connections.filter(({ verification }) => verification.state === 'stale' && verification.reason !== 'declared')
  return mayOperate('start', job, found)
}

/** Finds out, at most once a minute for a run, whether an error of one of its pairs means that a connection has become stale. */
export interface StaleWatch {
  /** `stale`, or `organisation.different`, where that is what the error means. */
  explain(error: MailferryError): Promise<MailferryError | undefined>
}

const checkEvery = 60_000

export function createStaleWatch(context: WatchContext, job: Job, call: Call): StaleWatch {
  const { ledger } = context
  let last: { readonly at: number; readonly found: Promise<MailferryError | undefined> } | undefined

  const look = async (): Promise<MailferryError | undefined> => {
    try {
      await checkJobConnections(context, job, call)
    } catch (error) {
      if (isError(error)) return error
      throw error
    }
    return foundStale(ledger.db, job)
  }

  return {
    async explain(error) {
      if (!symptoms.includes(error.code)) return undefined
      const now = ledger.clock.monotonic()
      if (last === undefined || now - last.at > checkEvery) last = { at: now, found: look() }
      return last.found
    },
  }
}
