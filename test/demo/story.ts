import type { Screen } from './screen.ts'

export interface DemoOptions {
  /** How many mailboxes. */
  readonly people: number
  /** Messages in a mailbox, on average. */
  readonly messages: number
  /** Where the plan, the ledger and the report lie, and stay. */
  readonly dir: string
  /** The built command line. */
  readonly cli: string
  /** Spoils the target before the comparison. */
  readonly damage: boolean
}

/** Moves a company before the reader's eyes, on servers that end with it; answers whether everything was proven equal. */
export type Story = (options: DemoOptions, screen: Screen, signal: AbortSignal) => Promise<boolean>

/** Shows where the commands are typed, and what `mailferry` stands for. */
export function tellPlace(screen: Screen, { dir, cli }: Pick<DemoOptions, 'dir' | 'cli'>): void {
  screen.typed(`cd ${dir}; export XDG_DATA_HOME=$PWD`)
  screen.typed(`alias mailferry="${process.execPath} ${cli}"`)
}

export const number = (value: number): string => value.toLocaleString('en')
