import { DatabaseSync } from 'node:sqlite'
import { setTimeout as sleep } from 'node:timers/promises'
import type { EngineProcess } from './engineProcess.ts'

/**
 * Suspends an engine outside of its ledger transactions. Within one it holds SQLite's lock, which the system gives to nobody else before the
 * process goes on or dies; the others then report `ledger.busy`, and there is no race to be seen.
 */
export async function suspend({ child }: EngineProcess, ledger: string): Promise<void> {
  for (let tries = 0; tries < 200; tries++) {
    child.kill('SIGSTOP')
    if (isFree(ledger)) return
    child.kill('SIGCONT')
    await sleep(7)
  }
  throw new Error('the engine never leaves its transaction')
}

function isFree(ledger: string): boolean {
  using db = new DatabaseSync(ledger)
  try {
    db.exec('begin immediate; rollback')
    return true
  } catch {
    return false
  }
}
