import type { CloudUser, Tenant } from '../tenant.ts'
import { AadstsError } from './aadsts.ts'
import type { Client } from './authenticateClient.ts'
import { type Asked, scopesFor } from './resources.ts'

/** Checks a person's password, by UPN alone, as Entra's page does. */
export function signInPerson(tenant: Tenant, user: string, password: string, path: string): CloudUser {
  const { accounts } = tenant.signIns
  const found = accounts.tryOut({ method: 'form', user, path }, account => (account.password === password ? 'accepted' : 'wrongPassword'))
  const outcome = accounts.attempts.at(-1)?.outcome
  if (outcome === 'locked')
    throw new AadstsError(
      50053,
      'invalid_grant',
      "The account is locked, you've tried to sign in too many times with an incorrect user ID or password.",
    )
  if (outcome === 'wrongPassword')
    throw new AadstsError(50126, 'invalid_grant', 'Error validating credentials due to invalid username or password.')
  const cloudUser = found && tenant.users.get(found.id)
  if (!cloudUser) {
    const text = `The user account ${user} does not exist in the ${tenant.id} directory. To sign into this application, the account must be added to the directory.`
    throw new AadstsError(50034, 'invalid_grant', text)
  }
  return checkUser(cloudUser)
}

/** Throws where an account may not sign in although its password is right. */
export function checkUser(user: CloudUser): CloudUser {
  if (user.person.accountDisabled) throw new AadstsError(50057, 'invalid_grant', 'The user account is disabled.')
  if (user.isBlocked)
    throw new AadstsError(
      53003,
      'invalid_grant',
      'Access has been blocked by Conditional Access policies. The access policy does not allow token issuance.',
    )
  return user
}

/** The delegated permissions a token may have. Throws AADSTS65001 where one that is asked for wasn't consented to. */
export function consentedScopes({ application, principal }: Client, { resource, permissions }: Asked, user: CloudUser): string[] {
  const consented = scopesFor(principal, resource, user.person.objectGuid)
  const missing = permissions.some(one => one !== '.default' && !consented.includes(one))
  if (missing || consented.length === 0) {
    const text = `The user or administrator has not consented to use the application with ID '${application.appId}' named '${application.displayName}'. Send an interactive authorization request for this user and resource.`
    throw new AadstsError(65001, 'invalid_grant', text)
  }
  return consented
}
