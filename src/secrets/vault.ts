import { randomUUID } from 'node:crypto'
import { mkdir, readFile, rename, rm, stat, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { MailferryError } from '../domain/errors.ts'
import type { ConnectionId } from '../domain/ids.ts'
import type { GivenSecret } from './reference.ts'
import { seal, unseal } from './sealed.ts'

/** Keeps one key where the operating system keeps passwords. Throws `vault.unavailable`. */
export interface Keychain {
  /** The 32-byte key; made on first use where `create` says so. */
  key(options: { readonly create: boolean }): Promise<Buffer | undefined>
}

export interface Vault {
  /** Throws `secret.source` where what is stored can't be opened; nothing stored answers nothing. */
  get(connection: ConnectionId): Promise<GivenSecret | undefined>
  set(connection: ConnectionId, secret: string): Promise<void>
  /** Needs no keychain. */
  delete(connection: ConnectionId): Promise<void>
  has(connection: ConnectionId): Promise<boolean>
}

/**
 * Secrets sealed in a directory beside the ledger, one file (0600) for each connection, so that two processes never rewrite each
 * other's. Only the key lies in the keychain, because Windows limits an entry there to 2,560 bytes.
 */
export function openVault(ledgerPath: string, keychain: Keychain): Vault {
  const directory = `${ledgerPath}.vault`
  const fileOf = (connection: ConnectionId): string => join(directory, `${connection}.sealed`)
  const purposeOf = (connection: ConnectionId): string => `mailferry/signIn/${connection}`

  return {
    async get(connection) {
      const file = fileOf(connection)
      const sealed = await readFile(file).catch(absent)
      if (sealed === undefined) return undefined
      const key = await keychain.key({ create: false })
      if (key === undefined) throw unopenable(file, 'the system’s keychain no longer has the key')
      const { mtimeMs } = await stat(file)
      try {
        return { text: unseal(key, purposeOf(connection), sealed).toString('utf8'), givenAt: mtimeMs }
      } catch (error) {
        throw unopenable(file, 'it was sealed with another key, or damaged', error)
      }
    },
    async set(connection, secret) {
      const key = await keychain.key({ create: true })
      if (key === undefined) throw new MailferryError('vault.unavailable', { cause: 'the keychain took no key' })
      await mkdir(directory, { recursive: true, mode: 0o700 })
      const unfinished = join(directory, `${randomUUID()}.new`)
      await writeFile(unfinished, seal(key, purposeOf(connection), Buffer.from(secret)), { mode: 0o600, flush: true })
      await rename(unfinished, fileOf(connection))
    },
    delete: connection => rm(fileOf(connection), { force: true }),
    has: async connection => (await stat(fileOf(connection)).catch(absent)) !== undefined,
  }
}

function absent(error: unknown): undefined {
  if (error instanceof Error && 'code' in error && error.code === 'ENOENT') return undefined
  throw error
}

const unopenable = (reference: string, cause: string, error?: unknown): MailferryError =>
  new MailferryError(
    'secret.source',
    { reference, cause: `${cause}; store it anew with \`mailferry connection secret\`` },
    { cause: error },
  )
