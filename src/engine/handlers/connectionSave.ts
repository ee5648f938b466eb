import { MailferryError } from '../../domain/errors.ts'
import { isSame } from '../../domain/isSame.ts'
import { findConnection } from '../../ledger/connections.ts'
import { createConnection, renameConnection, updateConnection } from '../../ledger/editConnections.ts'
import { setSecretReference } from '../../ledger/secretReferences.ts'
import type { Handler } from '../../rpc/protocol.ts'
import { summaryOf } from '../connections.ts'
import type { EngineContext } from '../context.ts'
import { connectionSettings } from '../plan/settings.ts'

/**
 * Creates a connection, or edits one: all of it or nothing. The in-use lock is asked in the same transaction, so a job made meanwhile in another window
 * refuses it. Throws `inUse`, `immutable`, `imap.hostChanged`, `name.*`, and `edited` where somebody else changed it since `before`.
 */
export const connectionSave: Handler<'connection.save', EngineContext> = ({ ledger }, { id, connection, before }) =>
  ledger.write(async tx => {
    const { name, role, secret } = connection
    const settings = connectionSettings(connection)
    if (id === undefined) {
      const created = await createConnection(tx, { name, role, settings })
      if (secret !== undefined) await setSecretReference(tx, created.id, secret)
      return summaryOf(tx, created)
    }
    const existing = await findConnection(tx, id)
    if (existing.role !== role) throw new MailferryError('immutable', { connection: existing.name, field: 'role' })
    if (before !== undefined && !isSame(before, existing.settings))
      throw new MailferryError('edited', { kind: 'connection', name: existing.name })
    await updateConnection(tx, existing.id, settings)
    if (secret !== undefined) await setSecretReference(tx, existing.id, secret)
    await renameConnection(tx, existing.id, name)
    return summaryOf(tx, await findConnection(tx, existing.id))
  })
