import { setTimeout as sleep } from 'node:timers/promises'
import type { Job } from '../../domain/job.ts'
import { setWanted } from '../../ledger/editJobs.ts'
import type { Ledger } from '../../ledger/ledger.ts'
import { runningJobs } from '../../ledger/runningJobs.ts'

const lookEvery = 500

/** Stops jobs, whichever engine runs them, and waits until they do: the batches in hand are finished. */
export async function stopJobs(ledger: Ledger, jobs: readonly Job[], signal: AbortSignal): Promise<void> {
  await ledger.write(async tx => {
    for (const { id } of jobs) await setWanted(tx, id, 'stop')
  })
  for (;;) {
    const running = await runningJobs(ledger.db)
    if (!jobs.some(({ id }) => running.has(id))) return
    await sleep(lookEvery, undefined, { signal })
  }
}
