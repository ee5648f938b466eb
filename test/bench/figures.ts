import { median } from './measure.ts'
import type { Fidelity, Round } from './rounds.ts'

export interface Figures {
  readonly wallMs: readonly number[]
  readonly medianMs: number
  /** Medians, as is `peakMemory`, in bytes. */
  readonly cpuMs: number
  readonly peakMemory: number
  readonly roundTrips: number
  /** The worst of all runs; 0 is success. */
  readonly exitCode: number
  /** The worst of all copies. */
  readonly fidelity: Fidelity
}

/** What the rounds of one copier come to. */
export function figures(rounds: readonly Round[]): Figures {
  const timed = rounds.filter(({ counted }) => !counted).map(({ run }) => run)
  const wallMs = timed.map(run => Math.round(run.wallMs))
  return {
    wallMs,
    medianMs: median(wallMs),
    cpuMs: Math.round(median(timed.map(run => run.cpuMs))),
    peakMemory: median(timed.map(run => run.peakMemory)),
    roundTrips: rounds.findLast(({ run }) => run.roundTrips !== undefined)?.run.roundTrips ?? 0,
    exitCode: Math.max(...rounds.map(({ run }) => run.exitCode)),
    fidelity: worst(rounds.map(({ fidelity }) => fidelity)),
  }
}

const worst = (all: readonly Fidelity[]): Fidelity => {
  const most: Fidelity = {}
  for (const one of all) for (const [what, count] of Object.entries(one)) most[what] = Math.max(most[what] ?? 0, count)
  return most
}
