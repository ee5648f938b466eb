import type { Connection, ImapSettings } from '../domain/connection.ts'
import type { Ledger } from '../ledger/ledger.ts'
import type { Secrets } from '../secrets/secrets.ts'
import type { Vault } from '../secrets/vault.ts'
import type { MailServer } from '../servers/mailServer.ts'
import type { SecretSource } from '../servers/secretSource.ts'
import type { Engine } from './engine.ts'
import type { Log } from './log.ts'

/** What the request handlers work with; made once, in `localClient.ts`. */
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
}

export type OpenServer = (connection: Connection<ImapSettings>, secrets: SecretSource) => MailServer
