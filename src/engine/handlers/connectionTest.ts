import type { Recorded, Verification } from '../../domain/connection.ts'
import { MailferryError } from '../../domain/errors.ts'
import { describe } from '../../domain/errorText.ts'
import { judge } from '../../domain/staleness.ts'
import { findConnection } from '../../ledger/connections.ts'
import { setVerification } from '../../ledger/editConnections.ts'
import type { Tx } from '../../ledger/ledger.ts'
import type { Handler } from '../../rpc/protocol.ts'
import { connectable } from '../connections.ts'
import type { Connectable, EngineContext } from '../context.ts'
import { isRefusal, noteRefusal, recordedOf } from '../refusals.ts'
import { lazySource, secretLoader } from '../secretLoader.ts'
import { signInUser } from '../signInUser.ts'
import { someMailbox } from '../someMailbox.ts'
import { verifyConnection } from '../verifyConnection.ts'

/**
 * Checks a connection live and records what was found. A person asked, so a secret that was refused before is tried once more.
 * Throws `organisation.different` where it leads to another one than was recorded.
 */
export const connectionTest: Handler<'connection.test', EngineContext> = async (context, { name, mailbox }, call) => {
  const { ledger } = context
  const connection = await connectable(ledger.db, name)
  const load = secretLoader(context, connection, call.emit)
  await using server = await context.openServer(connection, lazySource(load))
  const tried = mailbox ?? (await someMailbox(ledger.db, connection))
  const { learned, failure } = await verifyConnection(server, connection, tried, call)
  const recorded = learned && { at: new Date(context.now()).toISOString(), ...learned }
  if (failure !== undefined && isRefusal(failure)) await noteRefusal(ledger, connection, signInUser(connection.settings, failure))
  else await ledger.write(tx => record(tx, connection, recorded, failure, new Date(ledger.clock.now()).toISOString()))
  const { verification } = await findConnection(ledger.db, connection.id)
  return { verification, ...(recorded === undefined ? {} : { recorded }) }
}

async function record(
  tx: Tx,
  { id }: Connectable,
  recorded: Recorded | undefined,
  failure: MailferryError | undefined,
  since: string,
): Promise<void> {
  const now = await findConnection(tx, id)
  const verdict = recorded === undefined ? unanswered(now.verification, failure, since) : judge(now, accepted(recorded))
  if (verdict instanceof MailferryError) throw verdict
  await setVerification(tx, id, verdict)
}

const accepted = ({ at, ...found }: Recorded) => ({ at, signIn: 'accepted' as const, found })

function unanswered(before: Verification, failure: MailferryError | undefined, since: string): Verification {
  const away = failure?.code.startsWith('host.') || failure?.code.startsWith('server.')
  if (failure === undefined || !away || before.state === 'stale') return before
  return { state: 'unreachable', ...recordedOf(before), since, cause: describe(failure).message }
}
