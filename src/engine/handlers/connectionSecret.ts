import { findConnection } from '../../ledger/connections.ts'
import { setSecretReference } from '../../ledger/secretReferences.ts'
import type { Handler } from '../../rpc/protocol.ts'
import type { EngineContext } from '../context.ts'
import { secretSourceFor } from '../secretSource.ts'

/** Seals a connection's secret in the vault, which from then on is where runs get it. Checks its form first. */
export const connectionSecret: Handler<'connection.secret', EngineContext> = async ({ ledger, vault, now }, { name, secret }) => {
  const { id, settings } = await findConnection(ledger.db, name)
  secretSourceFor(name, settings, { text: secret, givenAt: now() }, { vault: true })
  await vault.set(id, secret)
  await ledger.write(async tx => {
    await findConnection(tx, id)
    await setSecretReference(tx, id, { vault: true })
  })
}
