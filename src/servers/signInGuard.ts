import { createHash } from 'node:crypto'
import { isError, MailferryError } from '../domain/errors.ts'

/** Keeps one server from being asked again and again with a secret that it refused: accounts get locked after a few attempts. */
export interface SignInGuard {
  /**
   * Runs one attempt. The first with a secret goes alone, so that a wrong password is one refusal however many mailboxes wait; after a
   * refusal all others fail with `signIn.stopped`, until the secret is another.
   */
  attempt<Result>(use: SecretUse, run: () => Promise<Result>): Promise<Result>
}

/** A secret in use: whose it is, and a key by which it is known again without being kept. */
export interface SecretUse {
  readonly user: string
  readonly key: string
}

export const secretUse = (user: string, method: string, secrets: readonly string[]): SecretUse => ({
  user,
  key: createHash('sha256')
    .update(JSON.stringify([method, user, ...secrets]))
    .digest('hex'),
})

export function createSignInGuard(connection: string): SignInGuard {
  const refused = new Set<string>()
  const proven = new Set<string>()
  const trying = new Map<string, Promise<unknown>>()

  const once = async <Result>(key: string, run: () => Promise<Result>): Promise<Result> => {
    try {
      const result = await run()
      proven.add(key)
      return result
    } catch (error) {
      if (isError(error, 'signIn.refused', 'signIn.expired', 'signIn.locked')) refused.add(key)
      throw error
    } finally {
      trying.delete(key)
    }
  }

  return {
    async attempt({ user, key }, run) {
      for (let first = trying.get(key); first && !proven.has(key); first = trying.get(key)) await first.catch(() => {})
      if (refused.has(key)) throw new MailferryError('signIn.stopped', { connection, user })
      const running = once(key, run)
      if (!proven.has(key)) trying.set(key, running)
      return running
    },
  }
}
