import { type Selectable, sql } from 'kysely'
import type { Connection } from '../../domain/connection.ts'
import type { StoredError } from '../../domain/pair.ts'
import { listConnections } from '../../ledger/connections.ts'
import { listJobs } from '../../ledger/jobs.ts'
import type { Reader } from '../../ledger/ledger.ts'
import { pairOf } from '../../ledger/pairs.ts'
import type { PairRow } from '../../ledger/rows.ts'
import type { PairsTable } from '../../ledger/schema.ts'
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
    const waiting = pairs.filter(({ state }) => state.state === 'waiting' && state.for === 'credentials')
    if (waiting.length === 0) return
    const jobs = new Map((await listJobs(db())).map(job => [job.id, job]))
    const connections = await listConnections(db())
    for (const { state, job: id } of waiting) {
      const job = jobs.get(id)
      if (job?.wanted !== 'run' || state.state !== 'waiting') continue
      const sides = connections.filter(({ id }) => id === job.source || id === job.target)
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
      const { rows } = await sql<Selectable<PairsTable>>`
        select pairs.* from pairs join jobs on jobs.id = job where wanted = 'run' and state = 'waiting' and detail ->> 'for' = 'credentials' limit 1000
      `.execute(db())
      await look(rows.map(pairOf))
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
