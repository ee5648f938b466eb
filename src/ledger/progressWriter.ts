import type { PairCounts, Phase } from '../domain/pair.ts'

export interface ProgressNote {
  readonly phase: Phase
  readonly counts: PairCounts
  readonly folder: string | undefined
}

const intervalMs = 1000

/**
 * Writes the newest progress at most once a second, and the last one always. A write that fails is dropped: the next one says more,
 * and whatever is wrong with the ledger or the lease is told to those who commit.
 */
export class ProgressWriter {
  readonly #write: (note: ProgressNote) => Promise<void>
  #newest: ProgressNote | undefined
  #timer: NodeJS.Timeout | undefined
  #writing: Promise<void> = Promise.resolve()

  constructor(write: (note: ProgressNote) => Promise<void>) {
    this.#write = write
  }

  tell(note: ProgressNote): void {
    this.#newest = note
    if (this.#timer !== undefined) return
    this.#flush()
    this.#timer = setTimeout(() => this.#tick(), intervalMs)
    this.#timer.unref()
  }

  /** Writes what has not been written yet, and ends. */
  async last(): Promise<void> {
    clearTimeout(this.#timer)
    this.#timer = undefined
    this.#flush()
    await this.#writing
  }

  #tick(): void {
    this.#timer = undefined
    const note = this.#newest
    if (note !== undefined) this.tell(note)
  }

  #flush(): void {
    const note = this.#newest
    if (note === undefined) return
    this.#newest = undefined
    this.#writing = this.#writing.then(() => this.#write(note)).catch(() => {})
  }
}
