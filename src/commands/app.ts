import type { EngineClient } from '../editor/engineClient.ts'
import type { KeyVault, SecretVault } from '../editor/secretVault.ts'
import type { Views } from '../views/createViews.ts'
import type { MovePairs } from '../views/dragPairs.ts'
import type { Mirror } from '../views/mirror.ts'
import type { SetContext } from '../views/setContext.ts'
import type { Wording } from '../views/wording.ts'
import type { RunCommand } from './commandTable.ts'
import type { Documents } from './support/documents.ts'
import type { Sandbox } from './support/sandbox.ts'

/** What the commands work with; made once, in `extension.ts`. */
export interface App {
  readonly engine: EngineClient
  readonly mirror: Mirror
  readonly views: Views
  readonly wording: Wording
  readonly log: Log
  readonly secrets: Pick<SecretVault, 'set' | 'delete'> & KeyVault
  readonly sandbox: Sandbox
  readonly documents: Documents
  readonly setContext: SetContext
  readonly run: RunCommand
  readonly movePairs: MovePairs
}

/** What commands need of the log. */
export interface Log {
  /** Ids and numbers, never content or secrets. */
  info(message: string): void
  warn(message: string): void
  error(message: string): void
  show(): void
}
