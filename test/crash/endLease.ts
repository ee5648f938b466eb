import { DatabaseSync } from 'node:sqlite'
import { setTimeout as sleep } from 'node:timers/promises'
import type { Scene } from './scene.ts'

/** Milliseconds for a server to finish what had reached it whole. */
const finishing = 100

/** Milliseconds after which a line that didn't hear of the death is cut. */
const hearing = 2000

/**
 * Ends a dead engine's lease as time would. A lease is so long that everything its engine sent has come to its end before; so this waits until the lines to the
 * servers are closed, and not for the clock.
 */
export async function endLease({ ledger, lines }: Pick<Scene, 'ledger' | 'lines'>, pid: number | undefined): Promise<void> {
  const late = performance.now() + hearing
  while (lines.some(line => line.stats().open > 0)) {
    if (performance.now() > late) for (const line of lines) line.cut()
    await sleep(10)
  }
  await sleep(finishing)
  using db = new DatabaseSync(ledger, { timeout: 5000 })
  db.prepare('update engines set alive_until = ? where pid = ?').run(new Date(0).toISOString(), pid ?? 0)
}
