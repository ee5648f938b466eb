export const workNames = ['full-10k', 'small-50k', 'rtt40-1k', 'delta-none-50k', 'delta-200'] as const
export type WorkName = (typeof workNames)[number]

export interface Work {
  readonly what: string
  readonly messages: number
  readonly sizes: 'real' | 'small'
  /** Milliseconds a byte to either server and its answer take; nothing is put between where absent. */
  readonly roundTripMs?: number
  /** Measured after a full copy: with nothing new, or after so many new messages and as many changes of flags each round. */
  readonly delta?: { readonly changes: number }
}

export const works: Record<WorkName, Work> = {
  'full-10k': { what: 'full copy of 10,000 messages, 40 folders', messages: 10_000, sizes: 'real' },
  'small-50k': { what: 'full copy of 50,000 small messages', messages: 50_000, sizes: 'small' },
  'rtt40-1k': { what: 'full copy of 1,000 messages at 40 ms round trip', messages: 1000, sizes: 'real', roundTripMs: 40 },
  'delta-none-50k': { what: 'delta with nothing new, 50,000 messages', messages: 50_000, sizes: 'small', delta: { changes: 0 } },
  'delta-200': { what: 'delta with 100 new and 100 flag changes in 10,000', messages: 10_000, sizes: 'real', delta: { changes: 100 } },
}
