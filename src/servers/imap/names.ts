/** How names are written in a server's personal namespace (RFC 2342). */
export interface Namespace {
  /** Delimiter included, e.g. `INBOX.`; empty where there is none. In Unicode. */
  readonly prefix: string
  /** Absent where folders can't hold folders. */
  readonly delimiter: string | undefined
  /** Names travel as UTF-8 (`ENABLE UTF8=ACCEPT`, RFC 6855), not in modified UTF-7. */
  readonly utf8: boolean
}
