import { sql } from 'kysely'
import type { Connection } from '../../domain/connection.ts'
import { asPairId } from '../../domain/ids.ts'
import type { StoredError } from '../../domain/pair.ts'
import { listConnections } from '../../ledger/connections.ts'
import { findJob } from '../../ledger/jobs.ts'
import type { Reader } from '../../ledger/ledger.ts'
import { getPair } from '../../ledger/pairs.ts'
import type { PairRow } from '../../ledger/rows.ts'
import type { SecretNeeded } from '../../rpc/notifications.ts'

export interface SecretsNeeded {
  /** Looks at pairs that were just written. */
  look(pairs: readonly PairRow[]): Promise<void>
  /** Looks at all that wait already. */
  lookAtAll(): Promise<void>
  /** A person gave one: should it be refused too, that is told anew. */
  given(connection: string): void
}

/** Tells which connections' secrets pairs wait for, each one once until it was given. */
export function secretsNeeded(db: () => Reader, tell: (needed: SecretNeeded) => void): SecretsNeeded {
  const told = new Set<string>()

  const look = async (pairs: readonly PairRow[]): Promise<void> => {
    for (const { state, job } of pairs) {
      if (state.state !== 'waiting' || state.for !== 'credentials') continue
      const { source, target, wanted } = await findJob(db(), job)
      if (wanted === 'stop') continue
      const sides = (await listConnections(db())).filter(({ id }) => id === source || id === target)
      for (const needed of neededBy(state.error, sides)) {
        if (told.has(needed.connection)) continue
        told.add(needed.connection)
        tell(needed)
      }
    }
  }

  return {
    look,
    async lookAtAll() {
      const { rows } = await sql<{ id: string }>`
        select pairs.id from pairs join jobs on jobs.id = job where wanted = 'run' and state = 'waiting' and detail ->> 'for' = 'credentials' limit 1000
      `.execute(db())
      for (const { id } of rows) await look([await getPair(db(), asPairId(id))])
    },
    given: connection => told.delete(connection),
  }
}

/** An error names the connection, or the host and user, that it is about; which of a job's two that is, the connections' own state tells. */
function neededBy({ code, params }: StoredError, sides: readonly Connection[]): SecretNeeded[] {
  switch (code) {
    case 'secret.missing':
    case 'secret.inEditor':
      return sides
        .filter(({ name }) => 'connection' in params && name === params.connection)
        .map(side => ({ connection: side.id, name: side.name, user: adminOf(side) ?? '', why: 'missing' }))
    case 'signIn.refused':
    case 'signIn.expired':
    case 'signIn.locked':
    case 'signIn.stopped':
      return sides.flatMap(({ id, name, verification }) =>
        verification.state === 'credentialsNeeded'
          ? [{ connection: id, name, user: verification.refused[0]?.user ?? '', why: 'refused' as const }]
          : [],
      )
    default:
      return []
  }
}

const adminOf = ({ settings }: Connection): string | undefined =>
  settings.kind === 'imap' && settings.signIn.method === 'admin' ? settings.signIn.user : undefined
