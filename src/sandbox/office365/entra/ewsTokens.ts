import { createPerson } from '../../exchange/directory.ts'
import type { DirectoryAccount } from '../../signIn/directoryAccounts.ts'
import type { Tenant } from '../tenant.ts'

const audiences = ['https://outlook.office365.com', 'https://outlook.office.com']

/**
 * Who an access token signs in to EWS: an application with `full_access_as_app`, which opens mailboxes by impersonation, or a person. Nobody, where the
 * tenant's `EWSEnabled` isn't true: null has meant false since 1 October 2026.
 */
export function checkEwsToken(tenant: Tenant, token: string): DirectoryAccount | undefined {
  const claims = tenant.tokens.check(token)
  if (tenant.switches.ewsEnabled !== true || typeof claims === 'string' || !audiences.includes(claims.aud)) return undefined
  if (claims.scp !== undefined) {
    const user = claims.scp.split(' ').includes('EWS.AccessAsUser.All') ? tenant.users.get(claims.oid) : undefined
    return user && { id: claims.oid, password: user.person.password, person: user.person }
  }
  if (!claims.roles?.includes('full_access_as_app')) return undefined
  const name = { displayName: claims.appid, primarySmtpAddress: `${claims.appid}@${tenant.initialDomain}`, password: '' }
  const person = createPerson(
    { ...name, objectGuid: claims.oid, roles: ['ApplicationImpersonation'] },
    tenant.organisation.exchangeOrganisation,
    0,
  )
  return { id: claims.oid, password: '', person }
}
