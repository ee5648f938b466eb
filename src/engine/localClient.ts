import { MailferryError } from '../domain/errors.ts'
import { defaultLedgerPath } from '../ledger/defaultPath.ts'
import { openLedger } from '../ledger/openLedger.ts'
import { problemsOf } from '../rpc/problems.ts'
import type { Call, Client, Handler, Method, Params } from '../rpc/protocol.ts'
import { protocol } from '../rpc/protocol.ts'
import { systemKeychain } from '../secrets/keychainVault.ts'
import { createSecrets } from '../secrets/secrets.ts'
import { openVault } from '../secrets/vault.ts'
import { imapServer } from '../servers/imap/imapServer.ts'
import type { EngineContext, OpenServer } from './context.ts'
import { createEngine, type Engine } from './engine.ts'
import { handlers } from './handlers/index.ts'
import { noLog, openLog } from './log.ts'

export interface LocalClientOptions {
  /** Path of the ledger; the person's own unless given. */
  readonly ledger?: string | undefined
  /** Path of the log file; no log unless given. */
  readonly log?: string | undefined
  readonly version: string
  /** Milliseconds after its last sign of life until others take this engine's pairs over; shorter than usual where a test can't wait. */
  readonly leaseMs?: number
}

export type LocalClient = Client & AsyncDisposable

/** An engine in this process: the ledger is opened with the first request, and the engine entered in it with the first run. */
export function createLocalClient(options: LocalClientOptions): LocalClient {
  const opened = new AsyncDisposableStack()
  let opening: Promise<EngineContext> | undefined

  return {
    async call(method, params, call = {}) {
      const checked = check(method, params)
      opening ??= open(options, opened)
      return answer(method, await opening, checked, { signal: call.signal ?? new AbortController().signal, emit: call.emit ?? (() => {}) })
    },
    [Symbol.asyncDispose]: () => opened.disposeAsync(),
  }
}

/** Checks a request as it would be at the end of a channel. */
function check<Of extends Method>(method: Of, params: Params<Of>): Params<Of> {
  const checked = protocol[method].params.safeParse(params)
  if (checked.success) return params
  const [problem] = problemsOf(checked.error)
  throw new MailferryError('usage', { detail: `${method}: ${problem?.path} ${problem?.message}` })
}

function answer<Of extends Method>(
  method: Of,
  context: EngineContext,
  params: Params<Of>,
  call: Call,
): ReturnType<Handler<Of, EngineContext>> {
  return handlers[method](context, params, call)
}

async function open(
  { ledger: path, log: logFile, version, leaseMs: usual }: LocalClientOptions,
  opened: AsyncDisposableStack,
): Promise<EngineContext> {
  const now = Date.now
  const log = logFile === undefined ? noLog : opened.use(await openLog(logFile, now))
  const ledger = opened.use(await openLedger(path ?? defaultLedgerPath(process.env, process.platform)))
  const vault = openVault(ledger.path, systemKeychain())
  const openServer: OpenServer = (connection, secrets) => imapServer({ connection, secrets })
  let engine: Promise<Engine> | undefined
  return {
    ledger,
    vault,
    log,
    version,
    now,
    openServer,
    secrets: createSecrets(vault, now),
    engine(leaseMs = usual) {
      engine ??= createEngine({ ledger, version, log, ...(leaseMs === undefined ? {} : { leaseMs }) }).then(created => opened.use(created))
      return engine
    },
  }
}
