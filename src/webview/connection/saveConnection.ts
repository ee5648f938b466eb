import type { SecretVault } from '../../editor/secretVault.ts'
import type { PlanConnection } from '../../rpc/plan.ts'
import type { Client } from '../../rpc/protocol.ts'
import type { ConnectionSummary } from '../../rpc/results.ts'
import type { Existing } from './model.ts'

interface Saving {
  readonly existing: Existing | undefined
  readonly secret: string | undefined
  readonly tested: boolean
}

/**
 * Saves a connection, its secret in the editor's storage, and what its server says of itself. Throws what the engine refuses: a job that was made meanwhile
 * (`inUse`), somebody else's edit (`edited`), a name that is taken.
 */
export async function saveConnection(
  { engine, secrets }: { readonly engine: Client; readonly secrets: Pick<SecretVault, 'set'> },
  plan: PlanConnection,
  { existing, secret, tested }: Saving,
): Promise<ConnectionSummary> {
  const saved = await engine.call('connection.save', {
    connection: secret === undefined && existing !== undefined ? plan : { ...plan, secret: { editor: true } },
    ...(existing === undefined ? {} : { id: existing.id, before: { ...existing.settings } }),
  })
  if (secret !== undefined) await secrets.set(saved.id, secret)
  if (tested) await engine.call('connection.test', { name: saved.id })
  return saved
}
