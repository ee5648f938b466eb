/** Who may sign in, as the organisation's directory knows them. */
export interface Account {
  /** Stays the same whatever the account's names become. */
  readonly id: string
  readonly password: string
}

/** `form`: on a page, as Entra asks people. */
export type SignInMethod = 'basic' | 'ntlm' | 'bearer' | 'form'

export type SignInOutcome =
  | 'accepted'
  | 'unknownUser'
  | 'wrongPassword'
  | 'locked'
  | 'ntlmV1'
  | 'badBinding'
  | 'badMic'
  | 'malformed'
  | 'unknownToken'

/** One secret that somebody sent: what a test counts to prove that a refused one is never tried twice. */
export interface SignInAttempt {
  readonly method: SignInMethod
  /** As the client wrote it; empty for tokens. */
  readonly user: string
  readonly outcome: SignInOutcome
  /** Of the request. */
  readonly path: string
}

export interface AccountBook<Found extends Account> {
  find(name: string): Found | undefined
  /** So many wrong passwords in a row lock an account; 0: never. */
  readonly lockAfter: number
}

/** Checks secrets, counts wrong ones, locks accounts. */
export interface Accounts<Found extends Account> {
  readonly attempts: readonly SignInAttempt[]
  /** `check` is asked once, and not at all for an account that is unknown or locked. */
  tryOut(attempt: Pick<SignInAttempt, 'method' | 'user' | 'path'>, check: (account: Found) => SignInOutcome): Found | undefined
  /** Writes down what failed before there was an account to look at. */
  note(attempt: SignInAttempt): void
  isLocked(accountId: string): boolean
  unlock(accountId: string): void
}

export function createAccounts<Found extends Account>(book: AccountBook<Found>): Accounts<Found> {
  const attempts: SignInAttempt[] = []
  const wrongInARow = new Map<string, number>()
  const isLocked = (id: string): boolean => book.lockAfter > 0 && (wrongInARow.get(id) ?? 0) >= book.lockAfter

  return {
    attempts,
    isLocked,
    unlock: id => void wrongInARow.delete(id),
    note: attempt => void attempts.push(attempt),
    tryOut(attempt, check) {
      const account = book.find(attempt.user)
      const outcome = account === undefined ? 'unknownUser' : isLocked(account.id) ? 'locked' : check(account)
      attempts.push({ ...attempt, outcome })
      if (account === undefined) return undefined
      if (outcome === 'wrongPassword') wrongInARow.set(account.id, (wrongInARow.get(account.id) ?? 0) + 1)
      if (outcome !== 'accepted') return undefined
      wrongInARow.delete(account.id)
      return account
    },
  }
}
