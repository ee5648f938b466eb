import type { EngineEvent, PairEvent } from '../../rpc/events.ts'
import type { Output } from '../output.ts'
import { bars, summary } from './bars.ts'
import { createRunWatch, type RunWatch } from './runState.ts'
import { stateText } from './stateText.ts'

/** Milliseconds between two drawings on a terminal, and between two plain lines elsewhere. */
const redraw = 200
const plainEvery = 10_000

export interface RunDisplay extends Disposable {
  take(event: EngineEvent): void
}

/** Shows a run: bars on a terminal; plain lines elsewhere; every event as it comes with `--json`. */
export function createRunDisplay(out: Output, now: () => number = Date.now): RunDisplay {
  const watch = createRunWatch()
  const timer = setInterval(() => draw(out, watch, now()), out.columns === undefined ? plainEvery : redraw)
  return {
    take(event) {
      watch.take(event, now())
      if (out.json) out.say(event, [])
      else if (event.event === 'pair') sayPair(out, event)
      else if (event.event === 'following') out.say(event, `${event.mailbox}: ${event.engine} works on it; following.`)
      else if (event.event === 'notice') out.warn(event, noticeText(event))
      else if (event.event === 'readiness') out.warn(event, readinessText(event))
      else if (event.event === 'notExamined') out.warn(event, notExaminedText(event))
    },
    [Symbol.dispose]() {
      clearInterval(timer)
      out.status([])
    },
  }
}

function draw(out: Output, watch: RunWatch, now: number): void {
  if (out.json) return
  const state = watch.state(now)
  if (out.columns !== undefined) out.status(bars(state, out.columns))
  else if (state.active.length > 0) out.say({ event: 'summary' }, summary(state))
}

function sayPair(out: Output, event: PairEvent): void {
  if (event.state.state === 'running' || event.state.state === 'queued') return
  const to = event.target === event.source ? '' : ` → ${event.target}`
  out.say(event, `${event.source}${to}: ${stateText(event.state)}`)
}

export const noticeText = ({ connection, file }: Extract<EngineEvent, { event: 'notice' }>): string =>
  `Warning: everybody on this machine can read ${file}, the secret of “${connection}”. chmod 600 makes it yours alone.`

export const readinessText = ({ target, findings }: Extract<EngineEvent, { event: 'readiness' }>): string =>
  `Warning: ${target}: ${findings.map(({ detail }) => detail).join('; ')}.`

export const notExaminedText = ({ connection, what }: Extract<EngineEvent, { event: 'notExamined' }>): string =>
  `Not examined, for the server doesn’t tell: ${what.join('; ')}. mailferry connection pre-flight "${connection}" prints the lines that show them.`
