import type { Connection } from '../domain/connection.ts'
import type { SecretReference } from '../domain/secretReference.ts'
import { secretReferenceOf } from '../ledger/secretReferences.ts'
import type { EngineEvent } from '../rpc/events.ts'
import type { SecretSource } from '../servers/secretSource.ts'
import type { EngineContext } from './context.ts'
import { secretSourceFor } from './secretSource.ts'

export interface LoadedSecret {
  readonly source: SecretSource
  /** Milliseconds since the epoch; see `GivenSecret`. */
  readonly givenAt: number
}

/** Fetches a connection's secret when it is first needed and keeps it in memory for one run, until a person gives another. Throws `secret.missing`, `secret.inEditor`, `secret.source`, `csv.invalid`, `vault.unavailable`. */
export function secretLoader(
  context: Pick<EngineContext, 'ledger' | 'secrets'>,
  connection: Connection,
  emit: (event: EngineEvent) => void,
) {
  let loading: { readonly secret: Promise<LoadedSecret>; readonly generation: number } | undefined
  return (): Promise<LoadedSecret> => {
    const generation = context.secrets.generation(connection.id)
    if (loading?.generation !== generation) loading = { secret: load(context, connection, emit), generation }
    return loading.secret
  }
}

async function load(
  { ledger, secrets }: Pick<EngineContext, 'ledger' | 'secrets'>,
  connection: Connection,
  emit: (event: EngineEvent) => void,
): Promise<LoadedSecret> {
  const reference = await secretReferenceOf(ledger.db, connection.id)
  return loadSecret(secrets, connection, reference, emit)
}

/** The secret that a reference leads to, for a connection as it is or will be. */
export async function loadSecret(
  secrets: EngineContext['secrets'],
  { id, name, settings }: Connection,
  reference: SecretReference | undefined,
  emit: (event: EngineEvent) => void,
): Promise<LoadedSecret> {
  const given = await secrets.secretFor({ id, name, ...(reference === undefined ? {} : { secret: reference }) })
  if (given.exposed && reference !== undefined && 'file' in reference)
    emit({ event: 'notice', notice: 'secretExposed', connection: name, file: reference.file })
  return { source: secretSourceFor(name, settings, given, reference ?? { editor: true }), givenAt: given.givenAt }
}

/** A source that asks for the secret only when a sign-in needs it. */
export const lazySource = (load: () => Promise<LoadedSecret>): SecretSource => ({
  secretFor: async mailbox => (await load()).source.secretFor(mailbox),
  mailboxes: async () => (await (await load()).source.mailboxes?.()) ?? [],
})
