import type { Connection } from '../domain/connection.ts'
import type { ConnectionId, JobId } from '../domain/ids.ts'
import type { Ledger } from '../ledger/ledger.ts'
import type { Secrets } from '../secrets/secrets.ts'
import type { Vault } from '../secrets/vault.ts'
import type { MailServer } from '../servers/mailServer.ts'
import type { SecretSource } from '../servers/secretSource.ts'
import type { Engine } from './engine.ts'
import type { Log } from './log.ts'

/** What the request handlers work with; made once, in `openContext.ts`. */
export interface EngineContext {
  readonly ledger: Ledger
  readonly secrets: Secrets
  readonly vault: Vault
  readonly openServer: OpenServer
  readonly log: Log
  /** Mailferry's own. */
  readonly version: string
  /** Milliseconds since the epoch. */
  readonly now: () => number
  /** Runs pairs; entered in the ledger when first asked for, with the lease that is asked for then. */
  readonly engine: (leaseMs?: number) => Promise<Engine>
  /** Runs jobs beside the requests, where the process outlives them. */
  readonly background?: Background
}

export interface Background {
  /** Works a job's queue off from now on, unless that is being done already. */
  begin(job: JobId, options: { readonly deletionsAllowed?: number }): void
  /** A person gave this connection's secret. */
  secretGiven(connection: ConnectionId): void
}

/** A server as the port has it; its kind's code is loaded with the first of that kind. Nothing is connected by this. */
export type OpenServer = (connection: Connection, secrets: SecretSource) => Promise<MailServer>
