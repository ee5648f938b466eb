/** The suites that run inside an extension host, each a `describe` of a file in `suites/`. */
export const suiteNames = ['activation', 'engine', 'secrets', 'domain change', 'many mailboxes'] as const

/** What the run writes about each of its tests. */
export interface TestResult {
  readonly suite: string
  readonly title: string
  /** Why it failed. */
  readonly error?: string
}
