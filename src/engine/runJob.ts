import { setTimeout as sleep } from 'node:timers/promises'
import { asMailferryError } from '../domain/asMailferryError.ts'
import { isError, type MailferryError } from '../domain/errors.ts'
import type { PairId } from '../domain/ids.ts'
import type { Job } from '../domain/job.ts'
import { mayRunAt, nextRunAt } from '../domain/schedule.ts'
import { findConnection } from '../ledger/connections.ts'
import { setWanted } from '../ledger/editJobs.ts'
import { scheduleOf, wantedOf } from '../ledger/jobs.ts'
import { claimPair, queuePairs } from '../ledger/leases.ts'
import { connectionShare, createJobLimits } from '../migration/throttle.ts'
import type { Call } from '../rpc/protocol.ts'
import { createBackoff } from './backoff.ts'
import type { EngineContext } from './context.ts'
import type { Engine } from './engine.ts'
import { createFollower } from './follower.ts'
import { pairsLeft, pairsRunning, pairsToRun } from './jobPairs.ts'
import { openJobServers } from './jobServers.ts'
import { type JobRun, type PairEnd, runPairUnderLease } from './runPairUnderLease.ts'
import { checkJobConnections, createStaleWatch, foundStale } from './staleWatch.ts'
import { createTargetReadiness } from './targetReadiness.ts'

/** Milliseconds between two looks at what is wanted, at what others finished, and at whose waiting is over. */
const lookEvery = 500

/** Milliseconds that the batches in hand are given after a stop: a server that stalls holds nobody up for longer, and what was begun is resolved by the next run. */
const finishWithin = 20_000

export interface JobRunOptions extends Call {
  /** The person's answer to *deletions held*, for this run's pairs. */
  readonly deletionsAllowed?: number
  /** Ends the run when there is nothing for this engine to do: others' pairs are followed no longer. */
  readonly leave?: AbortSignal
  /** Fetches both secrets at once: who has them may be gone when a mailbox is opened. */
  readonly secretsFirst?: boolean
  /** Checks connections that a domain change can touch before anything else, where whoever began the run has not. */
  readonly checkFirst?: boolean
}

export interface JobEnd {
  /** What ended the run as a whole, before every pair had its turn. */
  readonly endedBy?: MailferryError
  /** The job's schedule closed, or wasn't open; ISO 8601, absent where it never opens. */
  readonly paused?: { readonly until?: string }
}

/**
 * Works a job's queue off, several pairs at once, until nothing is left that this or another engine could do; what others run is followed.
 * Ends early when its schedule closes, when a person wants it stopped (here, by `signal`, or from elsewhere, through the ledger), when no mailbox of a
 * server could ever be reached, or when one of its connections is found to be stale. Throws what the ledger throws.
 */
export async function runJob(context: EngineContext, engine: Engine, job: Job, options: JobRunOptions): Promise<JobEnd> {
  await using servers = await openJobServers(context, job, options.emit, true)
  // What is missing is told by the pair that needs it.
  if (options.secretsFirst === true) await Promise.allSettled([servers.source.fetchSecret(), servers.target.fetchSecret()])
  const stop = new AbortController()
  const abort = new AbortController()
  const { deletionsAllowed } = options
  const run: JobRun = {
    job,
    servers,
    limits: createJobLimits(job.settings.limits),
    backoff: createBackoff(),
    staleWatch: createStaleWatch(context, job, options),
    readiness: createTargetReadiness({
      job,
      target: servers.target,
      connection: (await findConnection(context.ledger.db, job.target)).name,
      clock: context.ledger.clock,
      emit: options.emit,
    }),
    stop: stop.signal,
    abort: abort.signal,
    emit: options.emit,
    ...(deletionsAllowed === undefined ? {} : { deletionsAllowed }),
  }
  const active = new Map<PairId, { readonly requests: number; readonly work: Promise<void> }>()
  const working = () => [...active.values()].map(({ work }) => work)
  let endedBy = options.checkFirst === true ? await checkJobConnections(context, job, options).then(nothing, asMailferryError) : undefined
  let broken: unknown
  let paused: JobEnd['paused']
  const interrupted: PairId[] = []

  const claim = async (): Promise<boolean> => {
    if ((await pairsRunning(context.ledger.db, job.id)) >= job.settings.limits.pairsAtOnce) return false
    const lease = await claimPair(context.ledger, engine.id, { job: job.id })
    if (lease === undefined) return false
    const requests = connectionShare(job.settings.limits, {
      running: active.size,
      used: [...active.values()].reduce((sum, pair) => sum + pair.requests, 0),
      toRun: await pairsToRun(context.ledger.db, job.id),
    })
    const work = runPairUnderLease(context, { ...run, limits: { ...run.limits, requests } }, lease)
      .then(end => {
        endedBy ??= senseless(end) ?? neverReached(run, end)
        if (end.state.state === 'stopped') interrupted.push(lease.pair)
      })
      .catch(error => {
        broken ??= error
      })
      .finally(() => active.delete(lease.pair))
    active.set(lease.pair, { requests, work })
    return true
  }

  try {
    const follow = createFollower(context.ledger.db, job, options.emit)
    while (broken === undefined && endedBy === undefined) {
      const left = await pairsLeft(context.ledger.db, job.id, engine.id)
      await follow(left.elsewhere)
      endedBy ??= await foundStale(context.ledger.db, job)
      if (endedBy !== undefined) break
      if (await isStopped(context, job, options.signal, active.size === 0 && left.elsewhere.length > 0)) break
      if (active.size === 0 && !left.claimable && (left.elsewhere.length === 0 || options.leave?.aborted === true)) break
      paused = await pausedNow(context, job)
      if (paused !== undefined) break
      while (!options.signal.aborted && active.size < job.settings.limits.pairsAtOnce && (await claim()));
      await Promise.race([...working(), sleep(lookEvery)])
    }
    stop.abort()
    const patience = setTimeout(() => abort.abort(), finishWithin)
    await Promise.all(working())
    clearTimeout(patience)
    if (broken !== undefined) throw broken
    if (isError(endedBy, ...endings)) await context.ledger.write(tx => setWanted(tx, job.id, 'stop'))
    if (paused !== undefined) await queueAgain(context, job, interrupted)
    return { ...(endedBy === undefined ? {} : { endedBy }), ...(paused === undefined ? {} : { paused }) }
  } catch (error) {
    abort.abort(error)
    await Promise.all(working())
    throw error
  }
}

/** Until when the job's schedule keeps it from running; nothing where it doesn't. */
async function pausedNow({ ledger: { db, clock } }: EngineContext, { id }: Job): Promise<JobEnd['paused']> {
  const schedule = await scheduleOf(db, id)
  if (schedule === undefined || mayRunAt(schedule, clock.now())) return undefined
  const next = nextRunAt(schedule, clock.now())
  return next === undefined ? {} : { until: new Date(next).toISOString() }
}

/** Pairs that the schedule's end interrupted go on when it opens again, unless the person stopped the job meanwhile. */
const queueAgain = ({ ledger }: EngineContext, { id }: Job, pairs: readonly PairId[]): Promise<number> =>
  ledger.write(async tx => ((await wantedOf(tx, id)) === 'run' ? queuePairs(tx, id, pairs) : 0))

/** Whether a person wants the job stopped. Ctrl-C stops the job; where only others' pairs are followed it ends nothing but the following. */
async function isStopped({ ledger }: EngineContext, job: Job, signal: AbortSignal, onlyFollows: boolean): Promise<boolean> {
  if (!signal.aborted) return (await wantedOf(ledger.db, job.id)) === 'stop'
  if (!onlyFollows) await ledger.write(tx => setWanted(tx, job.id, 'stop'))
  return true
}

const nothing = (): undefined => undefined

/** What makes it senseless to go on with the other mailboxes: nobody takes the job up again before a person acted. */
const endings = ['stale', 'organisation.different'] as const

const senseless = ({ outcome }: PairEnd): MailferryError | undefined =>
  outcome.result === 'failed' && isError(outcome.error, ...endings) ? outcome.error : undefined

/** A passing failure of a server that never let anybody in is not passing: the run ends with it instead of asking for every mailbox. */
function neverReached({ servers }: JobRun, { outcome }: PairEnd): MailferryError | undefined {
  if (outcome.result !== 'failed' || outcome.error.remedy !== 'transient') return undefined
  return servers.source.reached() && servers.target.reached() ? undefined : outcome.error
}
