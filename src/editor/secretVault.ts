import { asConnectionId, type ConnectionId } from '../domain/ids.ts'
import type { SecretAnswer } from '../rpc/secretRequest.ts'
import { createEmitter } from './emitter.ts'
import type { Event } from './engineClient.ts'

/** Of VS Code's `SecretStorage`. */
export interface SecretStorageLike {
  get(key: string): PromiseLike<string | undefined>
  store(key: string, value: string): PromiseLike<void>
  delete(key: string): PromiseLike<void>
  readonly onDidChange: Event<{ readonly key: string }>
}

/** Of VS Code's `Memento`, the one of all workspaces. */
export interface MementoLike {
  get(key: string): unknown
  update(key: string, value: unknown): PromiseLike<void>
}

/** What is wrong with the editor's storage: it refuses secrets, or has lost those of an earlier session. */
export type StorageTrouble = 'refuses' | 'forgets'

/** Private keys whose certificates are on their way to a tenant, until their connection is saved. */
export interface KeyVault {
  /** `id`: the certificate's digest. Where the storage refuses it, it is kept in memory until the window closes. */
  keepKey(id: string, pem: string): Promise<void>
  keptKey(id: string): Promise<string | undefined>
  forgetKey(id: string): Promise<void>
}

export interface SecretVault extends KeyVault {
  get(connection: string): Promise<SecretAnswer>
  /** Where the storage refuses it, it is kept in memory until the window closes, and `onTrouble` says so. */
  set(connection: ConnectionId, secret: string): Promise<'stored' | 'untilClosed'>
  delete(connection: ConnectionId): Promise<void>
  /** Ids of connections whose secret was given, in this window or another. */
  readonly onGiven: Event<ConnectionId>
  readonly onTrouble: Event<StorageTrouble>
  /** Whether the storage keeps what it is given, as far as that can be told. */
  check(): Promise<StorageTrouble | undefined>
  dispose(): void
}

export interface SecretVaultOptions {
  readonly storage: SecretStorageLike
  readonly memento: MementoLike
  /** Milliseconds since the epoch. */
  readonly now: () => number
}

const prefix = 'secret.'
const keyPrefix = 'key.'
/** Stored once, and noted outside of the storage: where only the note is left, the storage lives in memory, as VS Code's does without a keyring. */
const probe = 'probe'

/** Connections' secrets in the editor's SecretStorage, by the connection's id. */
export function createSecretVault({ storage, memento, now }: SecretVaultOptions): SecretVault {
  const given = createEmitter<ConnectionId>()
  const trouble = createEmitter<StorageTrouble>()
  const session = new Map<string, string>()

  const read = async (key: string): Promise<SecretAnswer> => {
    const text = session.get(key) ?? (await storage.get(key))
    if (text === undefined) return null
    const { parseStoredSecret } = await import('./parseStoredSecret.ts')
    return parseStoredSecret(text)
  }

  const changed = async (key: string): Promise<void> => {
    if ((await storage.get(key)) !== undefined) given.fire(idOf(key))
  }
  const listening = storage.onDidChange(({ key }) => {
    if (!key.startsWith(prefix)) return
    // What another window stored is newer than what only this one knows.
    session.delete(key)
    // A storage that can't be read is told of when a run asks for the secret.
    changed(key).catch(() => {})
  })

  return {
    get: connection => read(prefix + connection),
    async set(connection, secret) {
      const key = prefix + connection
      const value = JSON.stringify({ text: secret, givenAt: now() })
      try {
        await storage.store(key, value)
        return 'stored'
      } catch {
        session.set(key, value)
        trouble.fire('refuses')
        given.fire(connection)
        return 'untilClosed'
      }
    },
    async delete(connection) {
      session.delete(prefix + connection)
      await storage.delete(prefix + connection)
    },
    async keepKey(id, pem) {
      try {
        await storage.store(keyPrefix + id, pem)
      } catch {
        session.set(keyPrefix + id, pem)
        trouble.fire('refuses')
      }
    },
    keptKey: async id => session.get(keyPrefix + id) ?? (await storage.get(keyPrefix + id)),
    async forgetKey(id) {
      session.delete(keyPrefix + id)
      await storage.delete(keyPrefix + id)
    },
    onGiven: given.event,
    onTrouble: trouble.event,
    async check() {
      try {
        const kept = (await storage.get(probe)) !== undefined
        const forgot = !kept && memento.get(probe) === true
        if (!kept) await storage.store(probe, 'kept')
        await memento.update(probe, true)
        return forgot ? 'forgets' : undefined
      } catch {
        return 'refuses'
      }
    },
    dispose: () => listening.dispose(),
  }
}

const idOf = (key: string): ConnectionId => asConnectionId(key.slice(prefix.length))
