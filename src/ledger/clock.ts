/** The time of day, which other processes share, and the time that is never set. Milliseconds both. */
export interface LedgerClock {
  /** Since the epoch. */
  readonly now: () => number
  /** As `performance.now()`; what `PairWriter.deadline` is told in. */
  readonly monotonic: () => number
}
