import type { Connection } from '../../domain/connection.ts'
import { secretReferenceOf } from '../../ledger/secretReferences.ts'
import type { Params } from '../../rpc/protocol.ts'
import type { Vault } from '../../secrets/vault.ts'
import type { EngineContext } from '../context.ts'
import { type LoadedSecret, loadSecret } from '../secretLoader.ts'
import { secretSourceFor } from '../secretSource.ts'

/** Where a new secret will be had, and the secret itself where a person just gave it. */
type GivenAnew = NonNullable<Params<'connection.reconfigure'>['secret']>

/** The secret that new settings are tried with. Nothing is stored yet. Throws as `secretLoader` does. */
export async function secretToTry(
  { ledger, secrets, now }: EngineContext,
  connection: Connection,
  given: GivenAnew | undefined,
  emit: Parameters<typeof loadSecret>[3],
): Promise<LoadedSecret> {
  if (given?.text === undefined)
    return loadSecret(secrets, connection, given?.reference ?? (await secretReferenceOf(ledger.db, connection.id)), emit)
  const givenAt = now()
  const { text, reference } = given
  return { source: secretSourceFor(connection.name, connection.settings, { text, givenAt }, reference), givenAt }
}

/** Puts a new secret into the vault for as long as `work` takes, and for good where that succeeds: else what lay there before is put back. */
export async function withStoredSecret(
  vault: Vault,
  { id }: Connection,
  given: GivenAnew | undefined,
  work: () => Promise<void>,
): Promise<void> {
  if (given?.text === undefined || !('vault' in given.reference)) return work()
  const before = (await vault.has(id)) ? await vault.get(id) : undefined
  await vault.set(id, given.text)
  try {
    await work()
  } catch (error) {
    await (before === undefined ? vault.delete(id) : vault.set(id, before.text))
    throw error
  }
}
