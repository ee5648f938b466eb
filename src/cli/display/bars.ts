import { handled, type PairLine, type RunState } from './runState.ts'
import { count, duration } from './units.ts'

const barWidth = 20
/** Lines a terminal of usual height has room for. */
const mostLines = 12

/** The lines at the bottom of a terminal while a job runs: one for each mailbox at work, then one for all. */
export function bars(state: RunState, columns: number): string[] {
  const shown = state.active.slice(0, mostLines)
  const width = Math.min(40, Math.max(...shown.map(pair => pair.source.length), 8))
  const hidden = state.active.length - shown.length
  return [...shown.map(pair => bar(pair, width).slice(0, columns)), ...(hidden > 0 ? [`… and ${hidden} more`] : []), summary(state)]
}

function bar({ source, phase, counts, folder = '' }: PairLine, width: number): string {
  const part = counts.items === 0 ? 0 : Math.min(1, handled(counts) / counts.items)
  const filled = Math.round(part * barWidth)
  const percent = `${Math.floor(part * 100)} %`.padStart(5)
  return `${source.slice(0, width).padEnd(width)} ${phase.padEnd(6)} ${'█'.repeat(filled)}${'░'.repeat(barWidth - filled)} ${percent}  ${count(handled(counts))}/${count(counts.items)}  ${folder}`
}

export function summary(state: RunState): string {
  const parts = [
    `${count(state.ended)} of ${count(state.pairs)} mailboxes done`,
    `${count(Math.round(state.messagesPerSecond))} msg/s`,
    `${(state.bytesPerSecond / 1e6).toFixed(1)} MB/s`,
    ...(state.remaining === undefined ? [] : [`${duration(state.remaining)} left`]),
  ]
  return parts.join(' · ')
}
