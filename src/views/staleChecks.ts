/** Milliseconds after the start, so that checks are in nobody's way. */
const firstAfter = 5000
const minute = 60_000

export interface StaleChecksOptions {
  /** Checks whatever can be stale; must not reject. */
  readonly check: () => Promise<void>
  /** Minutes; 0 for none but the first. */
  readonly everyMinutes: () => number
  readonly firstAfterMs?: number
}

/** Checks connections soon after the start and from time to time. The setting is asked for each time, so that it counts at once. */
export function startStaleChecks({
  check,
  everyMinutes,
  firstAfterMs = firstAfter,
}: StaleChecksOptions): Disposable & { settingChanged(): void } {
  let timer = setTimeout(run, firstAfterMs)
  let over = false

  async function run(): Promise<void> {
    await check()
    if (!over) next()
  }
  function next(): void {
    clearTimeout(timer)
    const minutes = everyMinutes()
    if (minutes > 0) timer = setTimeout(run, minutes * minute)
  }
  return {
    settingChanged: next,
    [Symbol.dispose]() {
      over = true
      clearTimeout(timer)
    },
  }
}
