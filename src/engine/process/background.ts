import { isError, type MailferryError } from '../../domain/errors.ts'
import type { JobId } from '../../domain/ids.ts'
import { mayRunAt } from '../../domain/schedule.ts'
import { findJob, listJobs } from '../../ledger/jobs.ts'
import type { Background, EngineContext } from '../context.ts'
import { isAbandoned } from '../jobPairs.ts'
import { queueDue } from '../queueDue.ts'
import { runJob } from '../runJob.ts'

export interface BackgroundOptions {
  readonly context: () => EngineContext
  /** A run ended: how many are left. */
  readonly ended: (running: number) => void
  /** What a run or a look threw that says that this process can't go on: the ledger's own errors, and mistakes. */
  readonly broken: (error: unknown) => void
  /** Milliseconds that a wanted job lies there with work and nobody at it, until this engine takes it over. */
  readonly takeOverAfter?: number
}

export interface Runs extends Pick<Background, 'begin'> {
  readonly running: number
  /** Looks for jobs that are wanted and that nobody runs. */
  look(): void
  /** No new runs; those there are end when nothing is left for this engine to do. */
  leave(): void
}

/**
 * The jobs that this process runs beside its requests: those it was asked to, and those that are wanted while nobody works on them, because their engine
 * died or its editor was closed, or because their schedule opened or asks for a delta migration. A job is left to its engine as long as that lives, for
 * limits hold for each engine.
 */
export function createBackground({ context, ended, broken, takeOverAfter = 5000 }: BackgroundOptions): Runs {
  const running = new Set<JobId>()
  const abandonedSince = new Map<JobId, number>()
  const leave = new AbortController()
  let looking = false

  const run = async (id: JobId, options: Parameters<Background['begin']>[1]): Promise<void> => {
    const { ledger, engine, log } = context()
    const job = await findJob(ledger.db, id)
    log.write('job.run', { job: id })
    const { endedBy } = await runJob(context(), await engine(), job, {
      signal: new AbortController().signal,
      leave: leave.signal,
      checkFirst: true,
      secretsFirst: true,
      emit() {},
      ...options,
    })
    log.write('job.ran', { job: id, code: endedBy?.code })
  }

  const begin: Background['begin'] = (id, options) => {
    if (leave.signal.aborted || running.has(id)) return
    running.add(id)
    void run(id, options)
      .catch(error => {
        if (isOfTheJob(error)) context().log.write('job.refused', { job: id, code: error.code })
        else broken(error)
      })
      .finally(() => {
        running.delete(id)
        ended(running.size)
      })
  }

  const look = async (): Promise<void> => {
    const { ledger } = context()
    const now = ledger.clock.monotonic()
    for (const job of await listJobs(ledger.db)) {
      if (job.wanted === 'run' && !running.has(job.id) && (await queueDue(ledger, job)) > 0) begin(job.id, {})
      if (
        job.wanted === 'stop' ||
        running.has(job.id) ||
        !mayRunAt(job.settings.schedule, ledger.clock.now()) ||
        !(await isAbandoned(ledger.db, job.id))
      )
        abandonedSince.delete(job.id)
      else if (now - (abandonedSince.get(job.id) ?? now) >= takeOverAfter) begin(job.id, {})
      else if (!abandonedSince.has(job.id)) abandonedSince.set(job.id, now)
    }
  }

  return {
    get running() {
      return running.size
    },
    begin,
    look() {
      if (looking || leave.signal.aborted) return
      looking = true
      void look()
        .catch(broken)
        .finally(() => {
          looking = false
        })
    },
    leave: () => leave.abort(),
  }
}

/** A job that was deleted meanwhile, or can't run: others can. */
const isOfTheJob = (error: unknown): error is MailferryError =>
  isError(error) && error.code !== 'internal' && !error.code.startsWith('ledger.')
