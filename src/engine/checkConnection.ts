import type { Connection, Verification } from '../domain/connection.ts'
import { isError, MailferryError } from '../domain/errors.ts'
import { isSame } from '../domain/isSame.ts'
import { maySignInByItself, recordedIn } from '../domain/refusedSignIns.ts'
import { canBeStale, judge, type Observed, silence } from '../domain/staleness.ts'
import { findConnection } from '../ledger/connections.ts'
import { setVerification } from '../ledger/editConnections.ts'
import type { Call } from '../rpc/protocol.ts'
import type { SecretSource } from '../servers/secretSource.ts'
import type { EngineContext } from './context.ts'
import { lazySource, secretLoader } from './secretLoader.ts'
import { adminUser } from './signInUser.ts'

type CheckContext = Pick<EngineContext, 'ledger' | 'secrets' | 'openServer'>

export interface CheckedConnection {
  readonly verification: Verification
  /** Why it could not be checked, or what speaks against it beside its state: another organisation, no secret, one that was refused before. */
  readonly error?: MailferryError
}

/**
 * Checks a connection without doing harm, and records what is known of it then. At most one sign-in, only at the recorded address, and none with a
 * secret that any process saw refused: then only what can be learned without signing in is. Never throws what it can answer.
 */
export async function checkConnection(context: CheckContext, connection: Connection, call: Call): Promise<CheckedConnection> {
  // There is nothing to compare with, and a check shows no secret to a server that only discovery names.
  if (canBeStale(connection.settings) && recordedIn(connection.verification) === undefined) return { verification: connection.verification }
  const load = secretLoader(context, connection, call.emit)
  const secret = await load().catch(asError)
  if (secret instanceof MailferryError) return { verification: connection.verification, error: secret }
  const user = adminUser(connection.settings) ?? (await secret.source.mailboxes?.())?.[0] ?? ''
  const refusal = maySignInByItself(connection, user, secret.givenAt)
  if (refusal === undefined) return record(context, connection, await observe(context, connection, lazySource(load), call, user))
  if (!canBeStale(connection.settings)) return { verification: connection.verification, error: refusal }
  const { discovery, acceptedDomains } = await observe(context, connection, noSecret(refusal), call, user)
  const learned = { ...(discovery === undefined ? {} : { discovery }), ...(acceptedDomains === undefined ? {} : { acceptedDomains }) }
  const checked = await record(context, connection, { signIn: 'refused', user, ...learned, at: isoNow(context) })
  return { error: refusal, ...checked }
}

async function observe(
  context: CheckContext,
  connection: Connection,
  secrets: SecretSource,
  { signal }: Call,
  user: string,
): Promise<Observed> {
  await using server = await context.openServer(connection, secrets)
  const seen = await server.observe(recordedIn(connection.verification), signal).catch((error: unknown): Omit<Observed, 'at'> => {
    signal.throwIfAborted()
    return silence(asError(error))
  })
  // The server's own name for who signed in may differ from the one by which refusals are kept.
  return { ...seen, ...(seen.signIn === undefined ? {} : { user }), at: isoNow(context) }
}

/** Judges by what the ledger says in that very moment: another process may have found something meanwhile, or a person reconfigured. */
const record = ({ ledger }: CheckContext, connection: Connection, seen: Observed): Promise<CheckedConnection> =>
  ledger.write(async (tx): Promise<CheckedConnection> => {
    const now = await findConnection(tx, connection.id)
    if (!isSame(now.settings, connection.settings)) return { verification: now.verification }
    const verdict = judge(now, seen)
    if (verdict instanceof MailferryError) return { verification: now.verification, error: verdict }
    await setVerification(tx, connection.id, verdict)
    return { verification: verdict }
  })

const noSecret = (refusal: MailferryError): SecretSource => ({
  secretFor: () => Promise.reject(refusal),
})

const isoNow = ({ ledger }: CheckContext): string => new Date(ledger.clock.now()).toISOString()

const asError = (error: unknown): MailferryError => {
  if (isError(error)) return error
  throw error
}
