import type { Recorded, Verification } from '../../domain/connection.ts'
import type { MailferryError } from '../../domain/errors.ts'
import { describe } from '../../domain/errorText.ts'
import { setVerification } from '../../ledger/editConnections.ts'
import type { Handler } from '../../rpc/protocol.ts'
import { connectable } from '../connections.ts'
import type { Connectable, EngineContext } from '../context.ts'
import { isRefusal, noteRefusal, recordedOf } from '../refusals.ts'
import { lazySource, secretLoader } from '../secretLoader.ts'
import { signInUser } from '../signInUser.ts'
import { someMailbox } from '../someMailbox.ts'
import { verifyConnection } from '../verifyConnection.ts'

/** Checks a connection live and records what was found. A person asked, so a secret that was refused before is tried once more. */
export const connectionTest: Handler<'connection.test', EngineContext> = async (context, { name, mailbox }, call) => {
  const connection = await connectable(context.ledger.db, name)
  const load = secretLoader(context, connection, call.emit)
  await using server = await context.openServer(connection, lazySource(load))
  const { learned, failure } = await verifyConnection(
    server,
    connection,
    mailbox ?? (await someMailbox(context.ledger.db, connection)),
    call,
  )
  const recorded = learned && { at: new Date(context.now()).toISOString(), ...learned }
  await record(context, connection, recorded, failure)
  return recorded === undefined ? {} : { recorded }
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
