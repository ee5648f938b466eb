import type { Connection } from '../../domain/connection.ts'
import { asConnectionId } from '../../domain/ids.ts'
import { secretReferenceOf } from '../../ledger/secretReferences.ts'
import type { Handler } from '../../rpc/protocol.ts'
import type { GivenSecret } from '../../secrets/reference.ts'
import type { EngineContext } from '../context.ts'
import { connectionSettings } from '../plan/settings.ts'
import { lazySource } from '../secretLoader.ts'
import { secretSourceFor } from '../secretSource.ts'
import { someMailbox } from '../someMailbox.ts'
import { verifyConnection } from '../verifyConnection.ts'

/** Checks settings that aren't saved, with a secret that is kept no longer than this takes. Writes nothing, not even that the secret was refused. */
export const connectionTryOut: Handler<'connection.tryOut', EngineContext> = async (
  context,
  { id, connection: planned, secret, mailbox },
  call,
) => {
  const { ledger, secrets, now } = context
  const settings = connectionSettings(planned)
  const connection: Connection = {
    id: asConnectionId(id ?? ''),
    name: planned.name,
    role: planned.role,
    settings,
    verification: { state: 'unverified' },
  }
  const reference = planned.secret ?? (id === undefined ? undefined : await secretReferenceOf(ledger.db, connection.id))
  const given = async (): Promise<GivenSecret> =>
    secret === undefined
      ? secrets.secretFor({ id: connection.id, name: planned.name, ...(reference === undefined ? {} : { secret: reference }) })
      : { text: secret, givenAt: now() }
  let loading: Promise<GivenSecret> | undefined
  const load = async () => {
    loading ??= given()
    const { givenAt, ...rest } = await loading
    return { source: secretSourceFor(planned.name, settings, { givenAt, ...rest }, reference ?? { editor: true }), givenAt }
  }
  await using server = await context.openServer(connection, lazySource(load))
  const { learned } = await verifyConnection(server, connection, mailbox ?? (await someMailbox(ledger.db, connection)), call)
  return learned === undefined ? {} : { recorded: { at: new Date(now()).toISOString(), ...learned } }
}
