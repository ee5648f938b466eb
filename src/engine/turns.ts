export interface Turns {
  /** Runs `work` when everybody who came earlier is done, however that ended. */
  take<Result>(work: () => Promise<Result>): Promise<Result>
}

export function createTurns(): Turns {
  let last: Promise<unknown> = Promise.resolve()
  return {
    take(work) {
      const turn = last.then(work, work)
      last = turn.catch(() => {})
      return turn
    },
  }
}
