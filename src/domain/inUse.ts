import type { Connection } from './connection.ts'
import type { Changeable } from './connectionChange.ts'
import { connectionChanges } from './connectionChange.ts'
import { MailferryError } from './errors.ts'
import type { ConnectionId } from './ids.ts'
import type { Job } from './job.ts'

/** The jobs that keep a connection from being edited or deleted; none means it is free. */
export const jobsUsing = <Used extends Pick<Job, 'source' | 'target'>>(connection: ConnectionId, jobs: Iterable<Used>): Used[] =>
  [...jobs].filter(job => job.source === connection || job.target === connection)

type NamedJob = Pick<Job, 'name' | 'source' | 'target'>

const refuseInUse = (connection: Pick<Connection, 'id' | 'name'>, jobs: Iterable<NamedJob>): MailferryError | undefined => {
  const users = jobsUsing(connection.id, jobs)
  return users.length === 0 ? undefined : new MailferryError('inUse', { connection: connection.name, jobs: users.map(job => job.name) })
}

/** `inUse` for a connection that any job refers to. */
export const mayDelete = (connection: Pick<Connection, 'id' | 'name'>, jobs: Iterable<NamedJob>): MailferryError | undefined =>
  refuseInUse(connection, jobs)

/**
 * Whether a connection may become what is wanted. Role and kind never change. While jobs use it, only the display name and the trust in a new
 * certificate of the same host do (a new secret is no change of the connection); another IMAP host is refused with what to do instead.
 *
 * @returns `immutable`, `imap.hostChanged`, `inUse`, or nothing where the change may be made.
 */
export const mayChange = (connection: Connection, wanted: Changeable, jobs: Iterable<NamedJob>): MailferryError | undefined => {
  const changes = connectionChanges(connection, wanted)
  for (const field of ['role', 'kind'] as const) {
    if (changes.has(field)) return new MailferryError('immutable', { connection: connection.name, field })
  }
  if (!changes.has('host') && !changes.has('edit')) return undefined
  const inUse = refuseInUse(connection, jobs)
  const { settings } = connection
  if (inUse === undefined || !changes.has('host') || settings.kind !== 'imap' || wanted.settings.kind !== 'imap') return inUse
  return new MailferryError('imap.hostChanged', {
    connection: connection.name,
    recorded: settings.server.host,
    wanted: wanted.settings.server.host,
  })
}
