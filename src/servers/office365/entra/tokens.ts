import { MailferryError } from '../../../domain/errors.ts'
import { type SecretUse, secretUse } from '../../signInGuard.ts'
import { stopped } from '../../stopped.ts'

/** Access tokens of one sign-in for one resource; kept in memory only. */
export interface Tokens {
  /** Who signs in: a user, or an application's client id. */
  readonly user: string
  /** By which the same sign-in with the same secret is known again. */
  readonly key: string
  /** What must never appear in a text. */
  secrets(): readonly string[]
  /** A token that is still good. Throws `signIn.*`, `tenant.notFound`, `host.*`, `tls.*`, `server.*`. */
  token(signal: AbortSignal): Promise<string>
  /** The server refused this token: it isn't given out again. Answers whether another one can be had. */
  refused(token: string): boolean
}

/** Tokens that a request to the sign-in service gives. All who wait share one request; nobody's stopping ends it for the others. */
export function sharedTokens(options: {
  readonly use: SecretUse
  readonly secrets: readonly string[]
  /** `again`: whatever is cached isn't good any more. */
  readonly acquire: (again: boolean) => Promise<string>
}): Tokens {
  let current: string | undefined
  let acquiring: Promise<string> | undefined
  let again = false

  const acquire = async (): Promise<string> => {
    try {
      current = await options.acquire(again)
      again = false
      return current
    } finally {
      acquiring = undefined
    }
  }

  return {
    user: options.use.user,
    key: options.use.key,
    secrets: () => (current === undefined ? options.secrets : [...options.secrets, current]),
    async token(signal) {
      if (signal.aborted) throw stopped(signal, 'signing in')
      acquiring ??= acquire()
      return unlessStopped(acquiring, signal)
    },
    refused(token) {
      if (token === current) again = true
      return true
    },
  }
}

/** A token that somebody else fetched and renews: once it is refused, there is no other. */
export const givenToken = (user: string, token: string): Tokens => ({
  ...secretUse(user, 'accessToken', [token]),
  secrets: () => [token],
  token: async () => token,
  refused: () => false,
})

function unlessStopped<Result>(promise: Promise<Result>, signal: AbortSignal): Promise<Result> {
  return new Promise((resolve, reject) => {
    const onAbort = () => reject(stopped(signal, 'signing in'))
    signal.addEventListener('abort', onAbort, { once: true })
    promise.then(resolve, reject).finally(() => signal.removeEventListener('abort', onAbort))
  })
}

/** MSAL answers nothing for a person who isn't there to be asked, and takes an answer without a token for one. Throws `server.protocol`. */
export function withToken<Result extends { readonly accessToken: string }>(result: Result | null, host: string): Result {
  if (result?.accessToken) return result
  throw new MailferryError('server.protocol', { host, detail: 'it gave no token' })
}
