/** Milliseconds, on a busy machine. */
const longest = 150_000

/**
 * Makes tests of works that mostly wait: each begins its own and those of the next ones, up to so many at once, and answers for its own alone.
 *
 *     const overlaps = overlapping(3)
 *     it('does this', overlaps(async () => …))
 */
export function overlapping(atOnce: number): (work: () => Promise<void>) => (this: Mocha.Context) => Promise<void> {
  const works: (() => Promise<void>)[] = []
  const begun = new Map<number, Promise<void>>()
  const begin = (index: number): void => {
    const work = works[index]
    if (work === undefined || begun.has(index)) return
    const running = work()
    // Its own test hears of it.
    running.catch(() => {})
    begun.set(index, running)
  }
  return work => {
    const index = works.push(work) - 1
    return async function () {
      this.timeout(longest)
      for (let next = index; next < index + atOnce; next++) begin(next)
      await begun.get(index)
    }
  }
}
