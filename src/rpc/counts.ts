export interface Amount {
  readonly items: number
  readonly bytes: number
}

/** Only `different` speaks against the migration: `missing` were taken from the target since, `pending` came to the source, `extra` isn't ours. */
export interface VerifyCounts {
  readonly checked: number
  readonly equal: number
  readonly different: number
  readonly missing: number
  readonly pending: number
  readonly extra: number
  /** What *equal* says: the same bytes; the same content where a server composes messages anew; or only there, with date and size. */
  readonly by: 'bytes' | 'content' | 'listing'
}
