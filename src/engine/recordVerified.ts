import type { Connection, Recorded, Verification } from '../domain/connection.ts'
import { MailferryError } from '../domain/errors.ts'
import { judge, silence } from '../domain/staleness.ts'
import { findConnection } from '../ledger/connections.ts'
import { setVerification } from '../ledger/editConnections.ts'
import type { EngineContext } from './context.ts'
import { isRefusal, noteRefusal, recordedOf } from './refusals.ts'
import { signInUser } from './signInUser.ts'
import type { Verified } from './verifyConnection.ts'

export interface RecordedVerification {
  readonly verification: Verification
  readonly recorded?: Recorded
}

/** Records what all checks of a connection found. Throws `organisation.different` where it leads to another one than was recorded; nothing is taken over then. */
export async function recordVerified(
  { ledger }: Pick<EngineContext, 'ledger'>,
  connection: Connection,
  { learned, failure }: Verified,
): Promise<RecordedVerification> {
  const at = new Date(ledger.clock.now()).toISOString()
  const recorded = learned && { at, ...learned }
  if (failure !== undefined && isRefusal(failure)) await noteRefusal(ledger, connection, signInUser(connection.settings, failure))
  else {
    await ledger.write(async tx => {
      const now = await findConnection(tx, connection.id)
      const verdict =
        learned === undefined ? unanswered(now.verification, failure, at) : judge(now, { at, signIn: 'accepted', found: learned })
      if (verdict instanceof MailferryError) throw verdict
      await setVerification(tx, connection.id, verdict)
    })
  }
  const { verification } = await findConnection(ledger.db, connection.id)
  return { verification, ...(recorded === undefined ? {} : { recorded }) }
}

function unanswered(before: Verification, failure: MailferryError | undefined, since: string): Verification {
  const away = failure?.code.startsWith('host.') || failure?.code.startsWith('server.')
  if (failure === undefined || !away || before.state === 'stale') return before
  return { state: 'unreachable', ...recordedOf(before), since, ...silence(failure) }
}
