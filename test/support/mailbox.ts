import type { Dovecot } from './dovecot.ts'
import { encodeName } from './modifiedUtf7.ts'
import { astring, type RawImap, signInRaw } from './rawImap.ts'

export interface SeedMessage {
  readonly body: Buffer | string
  /** System flags and keywords. */
  readonly flags?: readonly string[]
  /** INTERNALDATE; whole seconds. Default: now. */
  readonly received?: Date
}

export interface SeedFolder {
  readonly path: readonly string[]
  readonly subscribed?: boolean
  readonly messages?: Iterable<SeedMessage>
}

/** How a server names its folders; as `startDovecot` was told. */
export interface Naming {
  readonly separator?: '/' | '.'
  readonly namespacePrefix?: string
}

/** Opens the user's mailbox over the server's plain port. */
export const openRaw = (server: Dovecot, user: string): Promise<RawImap> => signInRaw(server, user, server.passwordOf(user))

/** A folder's name on the wire. */
export const wireName = (path: readonly string[], { separator = '/', namespacePrefix = '' }: Naming = {}): string =>
  path.length === 1 && path[0] === 'INBOX' ? 'INBOX' : namespacePrefix + path.map(encodeName).join(separator)

/** Makes folders and fills them, a hundred messages to a command (RFC 3502). Folders that exist are added to. */
export async function seedMailbox(server: Dovecot, user: string, folders: Iterable<SeedFolder>, naming: Naming = {}): Promise<void> {
  await using connection = await openRaw(server, user)
  for (const { path, subscribed, messages = [] } of folders) {
    const name = astring(wireName(path, naming))
    await connection.command(['CREATE ', name]).catch(ignoreExisting)
    if (subscribed) await connection.command(['SUBSCRIBE ', name])
    await append(connection, name, messages)
  }
}

const ignoreExisting = (error: Error): void => {
  if (!/ALREADYEXISTS|INBOX/i.test(error.message)) throw error
}

/** Appends to one folder, in batches of a hundred messages or eight megabytes. */
export async function append(connection: RawImap, name: string | Buffer, messages: Iterable<SeedMessage>): Promise<void> {
  let parts: (string | Buffer)[] = []
  let bytes = 0
  const flush = async () => {
    if (parts.length > 0) await connection.command(['APPEND ', name, ...parts])
    parts = []
    bytes = 0
  }
  for (const { body, flags = [], received = new Date() } of messages) {
    const content = typeof body === 'string' ? Buffer.from(body) : body
    parts.push(` (${flags.join(' ')}) "${internalDate(received)}" `, content)
    bytes += content.length
    if (parts.length >= 200 || bytes > 8e6) await flush()
  }
  await flush()
}

const months = ['Jan', 'Feb', 'Mar', 'Apr', 'May', 'Jun', 'Jul', 'Aug', 'Sep', 'Oct', 'Nov', 'Dec']

/** RFC 3501's date-time, in UTC. */
export const internalDate = (date: Date): string => {
  const [day, time] = [String(date.getUTCDate()).padStart(2, ' '), date.toISOString().slice(11, 19)]
  return `${day}-${months[date.getUTCMonth()]}-${date.getUTCFullYear()} ${time} +0000`
}
