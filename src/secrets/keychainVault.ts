import { randomBytes } from 'node:crypto'
import { MailferryError } from '../domain/errors.ts'
import { keyBytes } from './sealed.ts'
import type { Keychain } from './vault.ts'

const service = 'mailferry'
const account = 'vault key'

/** The system's keychain: Secret Service, macOS Keychain or Windows Credential Manager. Loaded on first use, for it is native and optional. */
export const systemKeychain = (): Keychain => ({
  async key({ create }) {
    try {
      const keytar = await load()
      const stored = await keytar.getPassword(service, account)
      if (stored !== null || !create) return keyFrom(stored)
      await keytar.setPassword(service, account, randomBytes(keyBytes).toString('base64'))
      // Read again: of two processes that make the first key at once, both use the one that stayed.
      return keyFrom(await keytar.getPassword(service, account))
    } catch (error) {
      if (error instanceof MailferryError) throw error
      throw new MailferryError(
        'vault.unavailable',
        { cause: error instanceof Error ? firstLine(error.message) : String(error) },
        { cause: error },
      )
    }
  },
})

async function load(): Promise<typeof import('keytar')> {
  const module = await import('keytar')
  return module.default
}

function keyFrom(stored: string | null): Buffer | undefined {
  if (stored === null) return undefined
  const key = Buffer.from(stored, 'base64')
  if (key.length !== keyBytes)
    throw new MailferryError('vault.unavailable', { cause: `the keychain’s entry “${service}” is not Mailferry’s key` })
  return key
}

const firstLine = (text: string): string => text.split('\n', 1)[0] ?? text
