import type { Event } from './engineClient.ts'

export interface Emitter<Value> {
  readonly event: Event<Value>
  fire(value: Value): void
}

/** As VS Code's own emitter, for what has to be tested without VS Code. */
export function createEmitter<Value>(): Emitter<Value> {
  const listeners = new Set<(value: Value) => void>()
  return {
    event(listener) {
      // A listener of its own for each call, so that the same function may listen twice.
      const entry = (value: Value): void => listener(value)
      listeners.add(entry)
      return {
        dispose() {
          listeners.delete(entry)
        },
      }
    },
    fire(value) {
      for (const listener of [...listeners]) listener(value)
    },
  }
}
