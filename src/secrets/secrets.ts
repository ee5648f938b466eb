import { MailferryError } from '../domain/errors.ts'
import type { ConnectionId } from '../domain/ids.ts'
import type { SecretReference } from '../domain/secretReference.ts'
import { readSecretDescriptor } from './fdSecret.ts'
import { readSecretFile } from './fileSecret.ts'
import type { GivenSecret } from './reference.ts'
import type { Vault } from './vault.ts'

export interface SecretOwner {
  readonly id: ConnectionId
  readonly name: string
  readonly secret?: SecretReference
}

/** Where runs get their secrets: asked for late, answered from memory nowhere but for file descriptors, which give theirs once. */
export interface Secrets {
  /** Throws `secret.missing`, `secret.source` or `vault.unavailable`. */
  secretFor(owner: SecretOwner): Promise<GivenSecret>
  /** A person gave a new one: whoever keeps the old one in memory is to ask again. */
  renewed(connection: ConnectionId): void
  /** How often that happened; what was fetched under another number is old. */
  generation(connection: ConnectionId): number
}

/** Asks the editor that an engine belongs to; nothing where it has no secret for this connection, or is gone. */
export type AskEditor = (connection: ConnectionId) => Promise<GivenSecret | undefined>

/** With an editor, a file is read as anywhere; for all else the editor is asked, and nobody else: no keychain is opened, no descriptor read. */
export function createSecrets(vault: Vault, now: () => number, askEditor?: AskEditor): Secrets {
  const generations = new Map<ConnectionId, number>()
  const descriptors = new Map<number, Promise<GivenSecret>>()

  const fromDescriptor = (fd: number): Promise<GivenSecret> => {
    const reading = descriptors.get(fd) ?? readSecretDescriptor(fd, now)
    descriptors.set(fd, reading)
    return reading
  }

  const generation = (connection: ConnectionId): number => generations.get(connection) ?? 0

  return {
    generation,
    renewed(connection) {
      generations.set(connection, generation(connection) + 1)
    },
    async secretFor({ id, name, secret }) {
      if (secret !== undefined && 'file' in secret) return readSecretFile(secret.file)
      if (askEditor === undefined && secret !== undefined) {
        if ('fd' in secret) return fromDescriptor(secret.fd)
        if ('editor' in secret) throw new MailferryError('secret.inEditor', { connection: name })
      }
      const stored = askEditor !== undefined ? await askEditor(id) : secret === undefined ? undefined : await vault.get(id)
      if (stored === undefined) throw new MailferryError('secret.missing', { connection: name })
      return stored
    },
  }
}
