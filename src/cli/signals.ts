import { exitCodes } from '../domain/exitCodes.ts'

export interface Signals extends Disposable {
  /** Aborted by the first Ctrl-C, SIGTERM or SIGHUP: finish what is in hand. */
  readonly stop: AbortSignal
}

/**
 * The first signal asks for a clean end; a second one ends the process at once, which loses nothing,
 * for the ledger is durable and the next run resolves what was in hand.
 */
export function watchSignals(tell: (text: string) => void): Signals {
  const stop = new AbortController()
  const names = ['SIGINT', 'SIGTERM', 'SIGHUP'] as const
  const onSignal = (): void => {
    if (stop.signal.aborted) process.exit(exitCodes.stopped)
    tell('Stopping after the batch in hand. Ctrl-C again ends at once.')
    stop.abort()
  }
  for (const name of names) process.on(name, onSignal)
  return {
    stop: stop.signal,
    [Symbol.dispose]() {
      for (const name of names) process.off(name, onSignal)
    },
  }
}
