import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import type { Command } from './copiers.ts'

export interface Measured {
  readonly wallMs: number
  /** User and system time of the program itself, not of the servers. */
  readonly cpuMs: number
  /** Resident set at its largest, in bytes. */
  readonly peakMemory: number
  /** What it ended with, and its last words where that isn't 0. */
  readonly exitCode: number
  readonly lastWords?: string
}

const endsWithParent = ['setpriv', '--pdeathsig', 'KILL']

/** Milliseconds after which a copier is taken for stuck. */
const longest = 600_000

/** Runs a command under GNU time. A copier that fails is a result, too. */
export async function measure([program, ...args]: Command, scratch: string): Promise<Measured> {
  const report = join(scratch, 'time')
  const begun = performance.now()
  const timed = ['/usr/bin/time', '--format', '%U %S %M', '--output', report, ...endsWithParent, program, ...args]
  const child = spawn('setpriv', [...endsWithParent.slice(1), ...timed], {
    stdio: ['ignore', 'pipe', 'pipe'],
    timeout: longest,
    killSignal: 'SIGKILL',
  })
  let printed = ''
  for (const stream of [child.stdout, child.stderr]) {
    stream.on('data', data => {
      printed = (printed + data).slice(-4000)
    })
  }
  const [code]: (number | null)[] = await once(child, 'close')
  if (typeof code !== 'number') throw new Error(`${program} was stuck, or was killed: ${printed.trim()}`)
  const wallMs = performance.now() - begun
  const [user = 0, system = 0, kilobytes = 0] = readFileSync(report, 'utf8').trim().split('\n').at(-1)?.split(' ').map(Number) ?? []
  const measured = { wallMs, cpuMs: (user + system) * 1000, peakMemory: kilobytes * 1024, exitCode: code }
  return code === 0 ? measured : { ...measured, lastWords: printed.trim() }
}

export const median = (values: readonly number[]): number => {
  const sorted = values.toSorted((a, b) => a - b)
  const middle = Math.floor(sorted.length / 2)
  return sorted.length % 2 === 1
    ? (sorted[middle] ?? Number.NaN)
    : ((sorted[middle - 1] ?? Number.NaN) + (sorted[middle] ?? Number.NaN)) / 2
}
