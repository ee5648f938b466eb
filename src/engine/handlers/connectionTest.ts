import type { Connection, Recorded, Verification } from '../../domain/connection.ts'
import type { MailferryError } from '../../domain/errors.ts'
import { describe } from '../../domain/errorText.ts'
import { setVerification } from '../../ledger/editConnections.ts'
import { storedError } from '../../migration/storedError.ts'
import type { Call, Handler } from '../../rpc/protocol.ts'
import type { Check, MailServer } from '../../servers/mailServer.ts'
import { connectable } from '../connections.ts'
import type { Connectable, EngineContext } from '../context.ts'
import { isRefusal, noteRefusal, recordedOf } from '../refusals.ts'
import { lazySource, secretLoader } from '../secretLoader.ts'
import { signInUser } from '../signInUser.ts'
import { someMailbox } from '../someMailbox.ts'

/** Checks a connection live and records what was found. A person asked, so a secret that was refused before is tried once more. */
export const connectionTest: Handler<'connection.test', EngineContext> = async (context, { name, mailbox }, call) => {
  const connection = await connectable(context.ledger.db, name)
  const load = secretLoader(context, connection, call.emit)
  await using server = await context.openServer(connection, lazySource(load))
  const { learned, failure } = await verify(server, connection, mailbox ?? (await someMailbox(context.ledger.db, connection)), call)
  const recorded = learned && { at: new Date(context.now()).toISOString(), ...learned }
  await record(context, connection, recorded, failure)
  return recorded === undefined ? {} : { recorded }
}

interface Verified {
  readonly learned?: Omit<Recorded, 'at'>
  /** Of the first check that failed. */
  readonly failure?: MailferryError
}

async function verify(server: MailServer, connection: Connection, mailbox: string | undefined, call: Call): Promise<Verified> {
  const checks = server.verify(call.signal, mailbox)
  let failure: MailferryError | undefined
  for (;;) {
    const { done, value } = await checks.next()
    if (done) return { ...(value === undefined ? {} : { learned: value }), ...(failure === undefined ? {} : { failure }) }
    failure ??= value.error
    emitCheck(connection, value, call)
  }
}

function emitCheck({ name: connection }: Connection, { error, ...check }: Check, call: Call): void {
  call.emit({ event: 'check', connection, ...check, ...(error === undefined ? {} : { error: storedError(error) }) })
}

async function record(
  { ledger }: EngineContext,
  connection: Connectable,
  recorded: Recorded | undefined,
  failure: MailferryError | undefined,
): Promise<void> {
  if (failure !== undefined && isRefusal(failure)) return noteRefusal(ledger, connection, signInUser(connection.settings, failure))
  const verification = verificationAfter(connection.verification, recorded, failure, new Date(ledger.clock.now()).toISOString())
  await ledger.write(tx => setVerification(tx, connection.id, verification))
}

function verificationAfter(
  before: Verification,
  recorded: Recorded | undefined,
  failure: MailferryError | undefined,
  since: string,
): Verification {
  if (recorded !== undefined) return { state: 'verified', recorded }
  if (failure?.code.startsWith('host.') || failure?.code.startsWith('server.'))
    return { state: 'unreachable', ...recordedOf(before), since, cause: describe(failure).message }
  return before
}
