import type { Organisation } from '../../exchange/organisation.ts'
import { type Accounts, createAccounts } from '../../signIn/accounts.ts'
import type { DirectoryAccount } from '../../signIn/directoryAccounts.ts'

/** A line of Entra's sign-in log. */
export interface SignIn {
  /** OAuth's `grant_type`, or `device` for the page people enter a code on. */
  readonly grant: string
  readonly clientId: string
  /** UPN as it was typed; empty: an application signed in. */
  readonly user: string
  /** AADSTS number; 0: it worked. */
  readonly error: number
}

export interface SignIns {
  readonly log: SignIn[]
  /** Passwords of people, by UPN alone; counts wrong ones. */
  readonly accounts: Accounts<DirectoryAccount>
}

export function createSignIns({ people }: Organisation, lockAfter: number): SignIns {
  const accounts = createAccounts({
    lockAfter,
    find(name): DirectoryAccount | undefined {
      const person = people.find(({ userPrincipalName }) => userPrincipalName.toLowerCase() === name.toLowerCase())
      return person && { id: person.objectGuid, password: person.password, person }
    },
  })
  return { log: [], accounts }
}
