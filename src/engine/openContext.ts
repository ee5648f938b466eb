import { defaultLedgerPath } from '../ledger/defaultPath.ts'
import { openLedger } from '../ledger/openLedger.ts'
import { type AskEditor, createSecrets } from '../secrets/secrets.ts'
import type { Keychain } from '../secrets/vault.ts'
import { openVault } from '../secrets/vault.ts'
import type { Background, EngineContext, OpenServer } from './context.ts'
import { createEngine, type Engine } from './engine.ts'
import type { Log } from './log.ts'
import { openServer } from './openServer.ts'

export interface ContextOptions {
  /** Path of the ledger; the person's own unless given. */
  readonly ledger: string | undefined
  readonly log: Log
  readonly version: string
  readonly keychain: Keychain
  /** Milliseconds after its last sign of life until others take this engine's pairs over; shorter than usual where a test can't wait. */
  readonly leaseMs?: number
  /** Asks the editor for a connection's secret, where the engine is an editor's. */
  readonly askEditor?: AskEditor
  readonly background?: Background
  /** What stands in for the servers, where a test has its own. */
  readonly openServer?: OpenServer
}

/** Opens the ledger and wires what the request handlers work with; everything that is opened is entered in `opened`. Throws what `openLedger` throws. */
export async function openContext(options: ContextOptions, opened: AsyncDisposableStack): Promise<EngineContext> {
  const { log, version, leaseMs: usual, askEditor, background } = options
  const now = Date.now
  const ledger = opened.use(await openLedger(options.ledger ?? defaultLedgerPath(process.env, process.platform)))
  const vault = openVault(ledger.path, options.keychain)
  let engine: Promise<Engine> | undefined
  return {
    ledger,
    vault,
    log,
    version,
    now,
    openServer: options.openServer ?? openServer,
    secrets: createSecrets(vault, now, askEditor),
    engine(leaseMs = usual) {
      engine ??= createEngine({ ledger, version, log, ...(leaseMs === undefined ? {} : { leaseMs }) }).then(created => opened.use(created))
      return engine
    },
    ...(background === undefined ? {} : { background }),
  }
}
