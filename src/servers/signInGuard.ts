import { createHash } from 'node:crypto'
import { setTimeout as sleep } from 'node:timers/promises'
import { isError, MailferryError } from '../domain/errors.ts'

/**
 * Keeps one server from being asked again and again with a secret that it refused: accounts get locked after a few attempts. After a refusal all others
 * fail with `signIn.stopped`, until the secret is another.
 */
export interface SignInGuard {
  /**
   * Runs a sign-in that holds for a connection. One goes alone where the secret wasn't taken just before, however many mailboxes wait: a wrong password is one
   * refusal, and so is one that is changed in mid-run, unless several sign in within the same moment. `stillAllowed`, to be called right before the secret
   * is sent, throws where it was refused meanwhile.
   */
  attempt<Result>(use: SecretUse, run: (stillAllowed: () => void) => Promise<Result>): Promise<Result>
  /**
   * Runs a request that carries the secret itself. The first with a secret goes alone. Later ones don't, for each would wait for the one before: where the
   * password is changed in mid-run, those that were sent before the first refusal came back are refused too, at most one for each connection.
   */
  request<Result>(use: SecretUse, run: () => Promise<Result>): Promise<Result>
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

/** Milliseconds for which a secret that was taken is taken to be right still. */
const freshFor = 5000

/** Milliseconds; a refusal comes at once, so whoever waits longer for a sign-in waits for what was asked with it. */
const patience = 2000

export function createSignInGuard(connection: string, now: () => number = () => performance.now()): SignInGuard {
  const refused = new Set<string>()
  /** When each was last taken. */
  const taken = new Map<string, number>()
  const trying = new Map<string, Promise<unknown>>()

  const isFresh = (key: string, ms: number): boolean => now() - (taken.get(key) ?? Number.NEGATIVE_INFINITY) < ms

  const once = async <Result>(key: string, run: () => Promise<Result>): Promise<Result> => {
    try {
      const result = await run()
      taken.set(key, now())
      return result
    } catch (error) {
      if (isError(error, 'signIn.refused', 'signIn.expired', 'signIn.locked')) refused.add(key)
      throw error
    }
  }

  const goAlone = async <Result>(
    { user, key }: SecretUse,
    fresh: number,
    run: (stillAllowed: () => void) => Promise<Result>,
  ): Promise<Result> => {
    const stillAllowed = () => {
      if (refused.has(key)) throw new MailferryError('signIn.stopped', { connection, user })
    }
    for (let first = trying.get(key); first && !isFresh(key, fresh); first = trying.get(key)) {
      if (!(await isOver(first, taken.has(key)))) break
    }
    stillAllowed()
    const running = once(key, () => run(stillAllowed))
    if (isFresh(key, fresh)) return running
    trying.set(key, running)
    try {
      return await running
    } finally {
      if (trying.get(key) === running) trying.delete(key)
    }
  }

  return {
    attempt: (use, run) => goAlone(use, freshFor, run),
    request: (use, run) => goAlone(use, Number.POSITIVE_INFINITY, run),
  }
}

/** Waits for the end of a sign-in; false where it took too long for one of a secret that was right before. */
async function isOver(signIn: Promise<unknown>, wasRight: boolean): Promise<boolean> {
  const over = signIn.then(
    () => true,
    () => true,
  )
  if (!wasRight) return over
  const waiting = new AbortController()
  const late = sleep(patience, false, { signal: waiting.signal }).catch(() => false)
  try {
    return await Promise.race([over, late])
  } finally {
    waiting.abort()
  }
}
