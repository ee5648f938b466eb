import { MailferryError } from '../../domain/errors.ts'

/** Ends a request when the server says nothing for too long. A slow line that carries bytes isn't silence, nor is a reader who takes his time. */
export interface Silence {
  readonly signal: AbortSignal
  /** Bytes went or came, and more are waited for. */
  heard(): void
  /** Nothing is waited for until the next `heard`. */
  rest(): void
  end(): void
}

export function silenceLimit(outer: AbortSignal, host: string, ms: number): Silence {
  const stalled = new AbortController()
  let resting = false
  const timer = setTimeout(() => {
    if (resting) timer.refresh()
    else stalled.abort(new MailferryError('server.stalled', { host, ms }))
  }, ms)
  return {
    signal: AbortSignal.any([outer, stalled.signal]),
    heard() {
      resting = false
      timer.refresh()
    },
    rest() {
      resting = true
    },
    end: () => clearTimeout(timer),
  }
}
