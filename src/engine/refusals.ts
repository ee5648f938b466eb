import type { Connection, Recorded, Verification } from '../domain/connection.ts'
import { type ErrorCode, isError, type MailferryError } from '../domain/errors.ts'
import { recordedIn, refusedSignIn, secretGiven } from '../domain/refusedSignIns.ts'
import { findConnection } from '../ledger/connections.ts'
import { setVerification } from '../ledger/editConnections.ts'
import type { Ledger } from '../ledger/ledger.ts'

const refusalCodes: readonly ErrorCode[] = ['signIn.refused', 'signIn.expired', 'signIn.locked']

/** Whether a server refused a secret: it is not to be tried again before a person gave another. */
export const isRefusal = (thrown: unknown): thrown is MailferryError => isError(thrown) && refusalCodes.includes(thrown.code)

/** Notes a refusal in the ledger, for every process to see. */
export const noteRefusal = (ledger: Ledger, { id }: Connection, user: string): Promise<void> =>
  ledger.write(async tx => {
    const { verification } = await findConnection(tx, id)
    await setVerification(tx, id, refusedSignIn(verification, user, new Date(ledger.clock.now()).toISOString()))
  })

/** Forgets a refusal after the user signed in. */
export async function clearRefusal(ledger: Ledger, { id }: Connection, user: string): Promise<void> {
  const { verification } = await findConnection(ledger.db, id)
  if (secretGiven(verification, user) === verification) return
  await ledger.write(async tx => setVerification(tx, id, secretGiven((await findConnection(tx, id)).verification, user)))
}

export const recordedOf = (verification: Verification): { readonly recorded?: Recorded } => {
  const recorded = recordedIn(verification)
  return recorded === undefined ? {} : { recorded }
}
