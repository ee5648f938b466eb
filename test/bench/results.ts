import { execFileSync } from 'node:child_process'
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs'
import { cpus, totalmem } from 'node:os'
import { dirname } from 'node:path'
import type { CopierName } from './copiers.ts'
import type { Figures } from './figures.ts'
import type { Fidelity } from './rounds.ts'
import { type WorkName, works } from './works.ts'

export interface Results {
  readonly machine: Record<string, string | number>
  readonly works: Partial<Record<WorkName, WorkResults>>
  /** The peer's median wall time ÷ Mailferry's: above 1, Mailferry is faster. */
  readonly ratios: Partial<Record<WorkName, Partial<Record<CopierName, number>>>>
  /** What differed from the original in the worst copy; an empty object is a true copy. */
  readonly fidelity: Partial<Record<WorkName, Partial<Record<CopierName, Fidelity>>>>
}

interface WorkResults {
  /** ISO 8601, UTC. */
  readonly at: string
  readonly rounds: number
  readonly copiers: Partial<Record<CopierName, Figures>>
}

export const summarise = (rounds: number, all: ReadonlyMap<WorkName, ReadonlyMap<CopierName, Figures>>): Results => {
  const perWork = <Value>(pick: (figures: ReadonlyMap<CopierName, Figures>) => Value) =>
    Object.fromEntries([...all].map(([work, figures]) => [work, pick(figures)]))
  return {
    machine: machine(),
    works: perWork(figures => ({ at: new Date().toISOString(), rounds, copiers: Object.fromEntries(figures) })),
    ratios: perWork(ratios),
    fidelity: perWork(figures => Object.fromEntries([...figures].map(([copier, { fidelity }]) => [copier, fidelity]))),
  }
}

function ratios(figures: ReadonlyMap<CopierName, Figures>): Partial<Record<CopierName, number>> {
  const own = figures.get('mailferry')?.medianMs
  if (own === undefined) return {}
  return Object.fromEntries(
    [...figures].filter(([copier]) => copier !== 'mailferry').map(([copier, { medianMs }]) => [copier, round(medianMs / own)]),
  )
}

const round = (ratio: number): number => Number(ratio.toPrecision(3))

const machine = () => ({
  processors: cpus().length,
  memory: totalmem(),
  node: process.version,
  dovecot: execFileSync('dovecot', ['--version'], { encoding: 'utf8' }).trim(),
  mbsync: execFileSync('mbsync', ['--version'], { encoding: 'utf8' }).trim(),
})

/** Keeps the works of an earlier run that this one left out. */
export function writeResults(file: string, results: Results): void {
  const before = readEarlier(file)
  mkdirSync(dirname(file), { recursive: true })
  const merged = {
    ...results,
    works: { ...before?.works, ...results.works },
    ratios: { ...before?.ratios, ...results.ratios },
    fidelity: { ...before?.fidelity, ...results.fidelity },
  }
  writeFileSync(file, `${JSON.stringify(merged, null, 2)}\n`)
}

const readEarlier = (file: string): Results | undefined => {
  try {
    return JSON.parse(readFileSync(file, 'utf8'))
  } catch {
    return undefined
  }
}

/** One work as a table for people. */
export function table(work: WorkName, figures: ReadonlyMap<CopierName, Figures>): string {
  const own = ratios(figures)
  const rows = [...figures].map(([copier, { medianMs, wallMs, cpuMs, peakMemory, roundTrips, fidelity, exitCode }]) => [
    copier,
    `${seconds(medianMs)} s`,
    `${seconds(Math.min(...wallMs))}–${seconds(Math.max(...wallMs))}`,
    `${seconds(cpuMs)} s`,
    `${Math.round(peakMemory / 1e6)} MB`,
    String(roundTrips),
    own[copier] === undefined ? '' : `${own[copier]}×`,
    Object.entries(fidelity)
      .map(([what, count]) => `${count} ${what}`)
      .join(', ') || 'equal',
    exitCode === 0 ? '' : String(exitCode),
  ])
  const head = ['', 'median', 'range', 'CPU', 'memory', 'round trips', 'ratio', 'differences', 'exit code']
  const widths = head.map((title, column) => Math.max(title.length, ...rows.map(row => row[column]?.length ?? 0)))
  const line = (row: readonly string[]) =>
    row
      .map((cell, column) => cell.padEnd(widths[column] ?? 0))
      .join('  ')
      .trimEnd()
  return [`\n${work}: ${works[work].what}`, ...[head, ...rows].map(line)].join('\n')
}

const seconds = (ms: number): string => (ms / 1000).toFixed(ms < 10_000 ? 2 : 1)
