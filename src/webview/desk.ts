import type { CommandArguments, CommandId } from '../commands/commandTable.ts'

/** What panels need of the editor around them; a test stands in for it. */
export interface Desk {
  /** Runs a command, which tells its own errors. */
  run<Of extends CommandId>(id: Of, ...args: CommandArguments<Of>): void
  copy(text: string): void
  /** A file that the person chooses, a CSV unless said; nothing where none is chosen. */
  chooseFile(title: string, kind?: 'csv' | 'pem'): Promise<ChosenFile | undefined>
  inform(text: string): void
  /** Closes the panel that asks. */
  close(): void
}

export interface ChosenFile {
  readonly name: string
  /** Absolute, on the machine where the engine runs. */
  readonly path: string
  readonly text: string
}
