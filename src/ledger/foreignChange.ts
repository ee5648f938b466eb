import type { DatabaseSync } from 'node:sqlite'
import { isBusy } from './sqlite/errors.ts'

const pollMs = 500

/**
 * Notices commits of other processes by `PRAGMA data_version`, twice a second and only while somebody listens.
 * It must be asked on the writing connection, whose value the commits of that same connection leave alone.
 */
export class ForeignChanges {
  readonly #db: DatabaseSync
  readonly #listeners = new Set<() => void>()
  #timer: NodeJS.Timeout | undefined
  #last = 0

  constructor(db: DatabaseSync) {
    this.#db = db
  }

  listen(listener: () => void): Disposable {
    // A listener of its own for each call, so that the same function may listen twice.
    const entry = () => listener()
    if (this.#timer === undefined) {
      this.#last = this.#version() ?? this.#last
      this.#timer = setInterval(() => this.#poll(), pollMs)
      this.#timer.unref()
    }
    this.#listeners.add(entry)
    return {
      [Symbol.dispose]: () => {
        this.#listeners.delete(entry)
        if (this.#listeners.size === 0) this.stop()
      },
    }
  }

  stop(): void {
    clearInterval(this.#timer)
    this.#timer = undefined
  }

  #poll(): void {
    const version = this.#version()
    if (version === undefined || version === this.#last) return
    this.#last = version
    for (const listener of this.#listeners) listener()
  }

  /** Nothing while another process recovers or closes the ledger: the next poll tells. */
  #version(): number | undefined {
    try {
      const version = this.#db.prepare('pragma data_version').get()?.['data_version']
      return typeof version === 'number' ? version : undefined
    } catch (thrown) {
      if (isBusy(thrown)) return undefined
      throw thrown
    }
  }
}
