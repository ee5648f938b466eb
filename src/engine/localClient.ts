import type { Client } from '../rpc/protocol.ts'
import { systemKeychain } from '../secrets/keychainVault.ts'
import { answer, checkParams } from './answer.ts'
import type { EngineContext, OpenServer } from './context.ts'
import { noLog, openLog } from './log.ts'
import { openContext } from './openContext.ts'

export interface LocalClientOptions {
  /** Path of the ledger; the person's own unless given. */
  readonly ledger?: string | undefined
  /** Path of the log file; no log unless given. */
  readonly log?: string | undefined
  readonly version: string
  /** Milliseconds after its last sign of life until others take this engine's pairs over; shorter than usual where a test can't wait. */
  readonly leaseMs?: number
  /** What stands in for the servers, where a test has its own. */
  readonly openServer?: OpenServer
}

export type LocalClient = Client & AsyncDisposable

/** An engine in this process: the ledger is opened with the first request, and the engine entered in it with the first run. */
export function createLocalClient(options: LocalClientOptions): LocalClient {
  const opened = new AsyncDisposableStack()
  let opening: Promise<EngineContext> | undefined

  return {
    async call(method, params, call = {}) {
      const checked = checkParams(method, params)
      opening ??= open(options, opened)
      return answer(await opening, method, checked, { signal: call.signal ?? new AbortController().signal, emit: call.emit ?? (() => {}) })
    },
    [Symbol.asyncDispose]: () => opened.disposeAsync(),
  }
}

async function open(options: LocalClientOptions, opened: AsyncDisposableStack): Promise<EngineContext> {
  const { ledger, log: file, version, leaseMs, openServer } = options
  const log = file === undefined ? noLog : opened.use(await openLog(file, Date.now))
  const keychain = systemKeychain()
  const more = { ...(leaseMs === undefined ? {} : { leaseMs }), ...(openServer === undefined ? {} : { openServer }) }
  return openContext({ ledger, log, version, keychain, ...more }, opened)
}
