/** One check of a server as a page shows it, all of it words. */
export interface ShownCheck {
  readonly name: string
  readonly title: string
  readonly state: 'passed' | 'failed' | 'skipped' | 'running'
  readonly detail: string
  /** What to do about it. */
  readonly cure?: string
  /** A command to copy, as the cure has it. */
  readonly code?: string
}
