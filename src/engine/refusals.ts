import type { Connection, Recorded, Verification } from '../domain/connection.ts'
import { type ErrorCode, isError, type MailferryError } from '../domain/errors.ts'
import { findConnection } from '../ledger/connections.ts'
import { setVerification } from '../ledger/editConnections.ts'
import type { Ledger } from '../ledger/ledger.ts'

const refusalCodes: readonly ErrorCode[] = ['signIn.refused', 'signIn.expired', 'signIn.locked']

/** Whether a server refused a secret: it is not to be tried again before a person gave another. */
export const isRefusal = (thrown: unknown): thrown is MailferryError => isError(thrown) && refusalCodes.includes(thrown.code)

/** Whether this user's secret was refused after it was last given; then no process tries it by itself. `givenAt` in milliseconds. */
export const wasRefused = ({ verification }: Connection, user: string, givenAt: number): boolean =>
  verification.state === 'credentialsNeeded' && verification.refused.includes(user) && givenAt <= Date.parse(verification.since)

/** Notes a refusal in the ledger, for every process to see. */
export const noteRefusal = (ledger: Ledger, connection: Connection, user: string): Promise<void> =>
  ledger.write(async tx => {
    const { verification } = await findConnection(tx, connection.id)
    const before = verification.state === 'credentialsNeeded' ? verification.refused : []
    const since = new Date(ledger.clock.now()).toISOString()
    await setVerification(tx, connection.id, {
      state: 'credentialsNeeded',
      ...recordedOf(verification),
      since,
      refused: [...new Set([...before, user])],
    })
  })

/** Forgets a refusal after the user signed in. */
export async function clearRefusal(ledger: Ledger, connection: Connection, user: string): Promise<void> {
  if (!isListed((await findConnection(ledger.db, connection.id)).verification, user)) return
  await ledger.write(async tx => {
    const { verification } = await findConnection(tx, connection.id)
    if (verification.state === 'credentialsNeeded') await setVerification(tx, connection.id, without(verification, user))
  })
}

const isListed = (verification: Verification, user: string): boolean =>
  verification.state === 'credentialsNeeded' && verification.refused.includes(user)

function without(verification: Extract<Verification, { state: 'credentialsNeeded' }>, user: string): Verification {
  const refused = verification.refused.filter(other => other !== user)
  if (refused.length > 0) return { ...verification, refused }
  const { recorded } = verification
  return recorded === undefined ? { state: 'unverified' } : { state: 'verified', recorded }
}

export const recordedOf = (verification: Verification): { readonly recorded?: Recorded } =>
  'recorded' in verification && verification.recorded !== undefined ? { recorded: verification.recorded } : {}
