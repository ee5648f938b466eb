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
}

/** Runs a command under GNU time. Throws with what it printed where it fails. */
export async function measure([program, ...args]: Command, scratch: string): Promise<Measured> {
  const report = join(scratch, 'time')
  const begun = performance.now()
  const child = spawn('/usr/bin/time', ['--format', '%U %S %M', '--output', report, program, ...args], {
    stdio: ['ignore', 'pipe', 'pipe'],
  })
  let printed = ''
  for (const stream of [child.stdout, child.stderr]) {
    stream.on('data', data => {
      printed = (printed + data).slice(-4000)
    })
  }
  const [code] = await once(child, 'close')
  const wallMs = performance.now() - begun
  if (code !== 0) throw new Error(`${program} ${args.at(-1)} ended with ${code}:\n${printed}`)
  const [user = 0, system = 0, kilobytes = 0] = readFileSync(report, 'utf8').trim().split('\n').at(-1)?.split(' ').map(Number) ?? []
  return { wallMs, cpuMs: (user + system) * 1000, peakMemory: kilobytes * 1024 }
}

export const median = (values: readonly number[]): number => {
  const sorted = values.toSorted((a, b) => a - b)
  const middle = Math.floor(sorted.length / 2)
  return sorted.length % 2 === 1
    ? (sorted[middle] ?? Number.NaN)
    : ((sorted[middle - 1] ?? Number.NaN) + (sorted[middle] ?? Number.NaN)) / 2
}
