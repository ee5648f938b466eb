import type { MailferryError } from '../domain/errors.ts'
import type { Job } from '../domain/job.ts'
import type { PairCounts } from '../domain/pair.ts'
import type { Lease } from '../ledger/leaseBook.ts'
import { releasePair } from '../ledger/leases.ts'
import type { Ledger } from '../ledger/ledger.ts'
import { openPairWriter } from '../ledger/openPairWriter.ts'
import { getPair } from '../ledger/pairs.ts'
import { adoptionDone } from '../ledger/resets.ts'
import type { PairRow } from '../ledger/rows.ts'
import type { PairOutcome, PairRun } from '../migration/context.ts'
import { runPair } from '../migration/runPair.ts'
import type { JobLimits } from '../migration/throttle.ts'
import type { EngineEvent } from '../rpc/events.ts'
import { awayForNow } from './awayForNow.ts'
import type { Backoff } from './backoff.ts'
import type { EngineContext } from './context.ts'
import type { JobServers } from './jobServers.ts'
import { createSeldom } from './seldom.ts'
import type { StaleWatch } from './staleWatch.ts'
import { type EndState, stateAfter } from './stateAfter.ts'
import type { TargetReadiness } from './targetReadiness.ts'

/** Milliseconds between two progress events of a pair, whose phase stays the same. */
const progressEvery = 500

/** What the pairs of one run share. */
export interface JobRun {
  readonly job: Job
  readonly servers: JobServers
  readonly limits: JobLimits
  readonly backoff: Backoff
  readonly staleWatch: StaleWatch
  readonly readiness: TargetReadiness
  readonly stop: AbortSignal
  readonly abort: AbortSignal
  readonly deletionsAllowed?: number
  readonly emit: (event: EngineEvent) => void
}

export interface PairEnd {
  readonly state: EndState
  readonly outcome: PairOutcome
}

/** Runs a claimed pair to its end and gives the lease back in the state it has come to. Throws only what the ledger throws. */
export async function runPairUnderLease(
  { ledger, log }: Pick<EngineContext, 'ledger' | 'log'>,
  run: JobRun,
  lease: Lease,
): Promise<PairEnd> {
  const { job } = run
  const pair = await getPair(ledger.db, lease.pair)
  const named = { job: job.name, source: pair.source.address, target: pair.target.address }
  const ids = { job: job.id, pair: pair.id, epoch: lease.epoch }
  run.emit({ event: 'pair', ...named, state: pair.state })
  log.write('pair.claimed', ids)

  let counts: PairCounts = pair.counts
  const seldom = createSeldom(progressEvery, ledger.clock.monotonic)
  const unready = await run.readiness.refusal(pair, AbortSignal.any([run.stop, run.abort]))
  const ended =
    unready !== undefined
      ? failed(unready)
      : await underWriter(ledger, run, lease, pair, progress => {
          counts = progress.counts
          if (seldom(progress.phase)) run.emit({ event: 'progress', job: job.name, source: pair.source.address, ...progress })
        })
  const outcome = await explained(run, awayForNow(ended, run.servers.source.reached() && run.servers.target.reached()))
  const state = stateAfter(outcome, isoTime(ledger.clock.now()), retryAt(ledger, run, lease, outcome, counts))
  log.write('pair.ended', { ...ids, state: state.state, code: outcome.result === 'failed' ? outcome.error.code : undefined, ...counts })
  if (pair.adopt && outcome.result.startsWith('completed')) await ledger.write(tx => adoptionDone(tx, lease))
  if (await releasePair(ledger, lease, state)) run.emit({ event: 'pair', ...named, state })
  return { state, outcome }
}

const failed = (error: MailferryError): PairOutcome => ({ result: 'failed', error })

/** The writer is disposed of before the lease is given back: it writes the last progress then. */
async function underWriter(ledger: Ledger, run: JobRun, lease: Lease, pair: PairRow, progress: PairRun['progress']): Promise<PairOutcome> {
  await using writer = openPairWriter(ledger, lease)
  const { job, servers, limits, stop, abort, deletionsAllowed } = run
  return await runPair({
    ledger,
    writer,
    job,
    pair,
    ...servers,
    limits,
    stop,
    abort,
    progress,
    ...(deletionsAllowed === undefined ? {} : { deletionsAllowed }),
  })
}

/** An outcome by what a domain change did, where that is the reason. */
async function explained({ staleWatch }: JobRun, outcome: PairOutcome): Promise<PairOutcome> {
  const meant = outcome.result === 'failed' ? await staleWatch.explain(outcome.error) : undefined
  return meant === undefined ? outcome : { result: 'failed', error: meant }
}

function retryAt(ledger: Ledger, run: JobRun, lease: Lease, outcome: PairOutcome, { done }: PairCounts): string | undefined {
  if (outcome.result !== 'failed' || outcome.error.remedy !== 'transient') return undefined
  const pause = run.backoff.failed(lease.pair, outcome.error, done)
  return pause === undefined ? undefined : isoTime(ledger.clock.now() + pause)
}

const isoTime = (ms: number): string => new Date(ms).toISOString()
