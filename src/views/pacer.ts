/** Lets something that is asked for often happen seldom: at most once in each interval, never twice at a time, and once more for what came meanwhile. */
export interface Pacer extends Disposable {
  ask(): void
}

/** @param task must not reject */
export function createPacer(task: () => Promise<void>, intervalMs: number): Pacer {
  let timer: NodeJS.Timeout | undefined
  let asked = false
  let busy = false

  const next = async (): Promise<void> => {
    asked = false
    busy = true
    await task()
    busy = false
    timer = setTimeout(() => {
      timer = undefined
      if (asked) void next()
    }, intervalMs)
  }
  return {
    ask() {
      asked = true
      if (!busy && timer === undefined) void next()
    },
    [Symbol.dispose]() {
      clearTimeout(timer)
      busy = true
    },
  }
}
