import { sameAddress } from './addresses.ts'
import type { Connection, Recorded, RefusedSignIn, Verification } from './connection.ts'
import { MailferryError } from './errors.ts'

export const recordedIn = (verification: Verification): Recorded | undefined =>
  'recorded' in verification ? verification.recorded : undefined

/** The secrets that were refused, and not given anew since. */
export const refusedIn = (verification: Verification): readonly RefusedSignIn[] =>
  verification.state === 'credentialsNeeded' || verification.state === 'stale' ? (verification.refused ?? []) : []

const others = (refused: readonly RefusedSignIn[], user: string): RefusedSignIn[] => refused.filter(other => !sameAddress(other.user, user))

/** After one refused sign-in nobody signs in with that secret by itself again; a stale connection stays stale. `at`: ISO 8601, UTC. */
export const refusedSignIn = (verification: Verification, user: string, at: string): Verification => {
  const refused = [...others(refusedIn(verification), user), { user, at }]
  if (verification.state === 'stale') return { ...verification, refused }
  const recorded = recordedIn(verification)
  return { state: 'credentialsNeeded', ...(recorded === undefined ? {} : { recorded }), refused }
}

/** After `user` has signed in, or a person gave new secrets for everybody. The same object where that changes nothing. */
export const secretGiven = (verification: Verification, user?: string): Verification => {
  const before = refusedIn(verification)
  const refused = user === undefined ? [] : others(before, user)
  if (refused.length === before.length) return verification
  if (verification.state === 'stale') {
    const { refused: _before, ...stale } = verification
    return refused.length === 0 ? stale : { ...stale, refused }
  }
  if (verification.state !== 'credentialsNeeded') return verification
  if (refused.length > 0) return { ...verification, refused }
  const { recorded } = verification
  return recorded === undefined ? { state: 'unverified' } : { state: 'verified', recorded }
}

/**
 * `signIn.stopped` where a sign-in nobody asked for could lock the account: the user's secret was refused and none was given since.
 *
 * @param givenAt when a person last gave the secret, in milliseconds since the epoch.
 */
export const maySignInByItself = ({ name, verification }: Connection, user: string, givenAt: number): MailferryError | undefined => {
  const refused = refusedIn(verification).some(other => sameAddress(other.user, user) && givenAt <= Date.parse(other.at))
  const stopped = refused || (verification.state === 'stale' && verification.reason === 'signInRefusedDomainGone')
  return stopped ? new MailferryError('signIn.stopped', { connection: name, user }) : undefined
}
