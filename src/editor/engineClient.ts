import type { StoredError } from '../domain/pair.ts'
import type { JobProgress, LedgerChanges, SecretNeeded } from '../rpc/notifications.ts'
import type { Client } from '../rpc/protocol.ts'

/** As VS Code's own `Event`: listening ends with `dispose`. */
export type Event<Value> = (listener: (value: Value) => void) => { dispose(): void }

/** How the engine's process is. Between two of them, calls wait; in `failed` they fail at once with its reason until `restart`. */
export type EngineState =
  | { readonly state: 'starting' }
  | { readonly state: 'running'; readonly pid: number }
  /** It died and is started again at `at` (milliseconds since the epoch). */
  | { readonly state: 'restarting'; readonly attempt: number; readonly at: number; readonly reason: StoredError }
  | { readonly state: 'failed'; readonly reason: StoredError }

/**
 * The engine as the editor reaches it (`startEngine.ts` makes it). Things are named by id or by name in every request. Calls throw MailferryError: `engine.died` for all that were
 * pending when its process ended.
 */
export interface EngineClient extends Client {
  readonly state: EngineState
  readonly onState: Event<EngineState>
  /** Of what happened while no engine ran nothing is told: read all again when `onState` says *running*. */
  readonly onDidChange: Event<LedgerChanges>
  readonly onProgress: Event<JobProgress>
  readonly onSecretNeeded: Event<SecretNeeded>
  /** Starts a failed engine again. */
  restart(): void
  /** Lets go of the engine, which ends now or when its running jobs have. */
  dispose(): void
}
