/** What the pairs of one job share. */
export interface JobLimits {
  /** Message bytes held in memory by all pairs together; waits until there is room. */
  readonly memory: ByteBudget
  /** Connections to each server, over all pairs. */
  readonly connections: number
  /** Waits where the job's MB/s ask for it. */
  readonly rate: (bytes: number) => Promise<void> | undefined
}

export interface ByteBudget {
  take(bytes: number, signal: AbortSignal): Promise<void>
  give(bytes: number): void
}
