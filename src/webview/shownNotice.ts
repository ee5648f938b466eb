/** Something to be said above a page's actions, with what may be done about it. */
export interface Notice {
  readonly level: 'info' | 'warning' | 'error'
  readonly text: string
  readonly next?: string
  /** Titles of the steps, in the order they are taken by. */
  readonly steps: readonly string[]
}
