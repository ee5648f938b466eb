/** Milliseconds before a dead engine is started again: at first, and at most. */
const firstPause = 500
const longestPause = 30_000

/** So many deaths in a row, none after a life of `healthy` milliseconds, and it isn't tried any more. */
const mostDeaths = 6
const healthy = 60_000

export interface Respawn {
  /** After a death: milliseconds to wait, doubled each time, or nothing where it is given up. `livedFor`: milliseconds. */
  died(livedFor: number): { readonly attempt: number; readonly pause: number } | undefined
  /** A person asked for another start. */
  reset(): void
}

/** How often, and after what pauses, an engine that dies is started again. */
export function createRespawn(): Respawn {
  let deaths = 0
  return {
    died(livedFor) {
      deaths = livedFor >= healthy ? 1 : deaths + 1
      return deaths >= mostDeaths ? undefined : { attempt: deaths, pause: Math.min(longestPause, firstPause * 2 ** (deaths - 1)) }
    },
    reset() {
      deaths = 0
    },
  }
}
