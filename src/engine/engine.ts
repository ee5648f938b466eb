import { hostname } from 'node:os'
import type { EngineId } from '../domain/ids.ts'
import { registerEngine, removeEngine } from '../ledger/engines.ts'
import { LEASE_MS } from '../ledger/leaseBook.ts'
import { renewLeases } from '../ledger/leases.ts'
import type { Ledger } from '../ledger/ledger.ts'
import { sweepForgotten } from '../ledger/sweepForgotten.ts'
import type { Log } from './log.ts'

/** A process that may run pairs: known to the ledger, and alive as long as it says so. */
export interface Engine extends AsyncDisposable {
  readonly id: EngineId
  /** How others see it: `host/pid`. */
  readonly name: string
}

export interface EngineOptions {
  readonly ledger: Ledger
  readonly version: string
  readonly log: Log
  /** Milliseconds after the last sign of life until others may take this engine's pairs over. */
  readonly leaseMs?: number
}

/** Enters this process in the ledger and keeps its leases alive, six times in each one's length, until it is disposed of. */
export async function createEngine({ ledger, version, log, leaseMs = LEASE_MS }: EngineOptions): Promise<Engine> {
  const host = hostname()
  const id = await registerEngine(ledger, { host, pid: process.pid, version, leaseMs })
  log.write('engine.started', { engine: id, host })
  let beating = false

  const beat = async (): Promise<void> => {
    if (beating) return
    beating = true
    try {
      for (const lost of await renewLeases(ledger, id)) log.write('lease.lost', { engine: id, pair: lost.pair, epoch: lost.epoch })
    } catch (error) {
      // The leases run out by themselves if it stays so, and their writers stop before that.
      log.write('engine.heartbeatFailed', { engine: id, error: textOf(error) })
    } finally {
      beating = false
    }
  }
  const timer = setInterval(beat, leaseMs / 6)
  const ending = new AbortController()
  const sweeping = sweepForgotten(ledger, ending.signal).catch((error: unknown) =>
    log.write('engine.sweepFailed', { engine: id, error: textOf(error) }),
  )

  return {
    id,
    name: `${host}/${process.pid}`,
    async [Symbol.asyncDispose]() {
      clearInterval(timer)
      ending.abort()
      await sweeping
      await removeEngine(ledger, id)
      log.write('engine.ended', { engine: id })
    },
  }
}

const textOf = (error: unknown): string => (error instanceof Error ? error.message : String(error))
