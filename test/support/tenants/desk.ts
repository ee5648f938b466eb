import type { Person } from '../../../src/sandbox/exchange/directory.ts'
import { graphAppId } from '../../../src/sandbox/office365/entra/permissions.ts'
import type { Office365Side } from '../../../src/sandbox/sides/office365Side.ts'

/** An administrator's own sign-in: what a browser, or a device code, leaves behind. */
export interface Desk {
  readonly connection: object
  readonly refreshToken: string
  /** Of another of the tenant's people, for the same client. */
  tokenOf(person: Person): string
}

/**
 * Signs an administrator of the tenant in, its first one unless said, to a public client that may do in his name what a migration takes.
 * @param mail permissions for mail; to read his own unless said.
 */
export function signInAdmin(
  { tenant, admin: first, loginUrl, graphUrl }: Office365Side,
  admin: Person = first,
  mail: readonly string[] = ['Mail.Read'],
): Desk {
  const { registry } = tenant
  const { appId } = registry.addApplication('Mailferry at the desk', { isPublicClient: true })
  const resourceId = registry.servicePrincipal(graphAppId)?.id
  if (resourceId === undefined) throw new Error('a tenant without Graph')
  const scope = ['User.Read', 'User.Read.All', ...mail, 'MailboxSettings.Read', 'Domain.Read.All'].join(' ')
  registry.addServicePrincipal(appId, 'Mailferry at the desk').grants.push({ id: 'desk', resourceId, principalId: undefined, scope })
  const tokenOf = ({ objectGuid }: Person): string => tenant.tokens.beginSession({ appId, userId: objectGuid })
  return {
    connection: {
      kind: 'office365',
      at: { login: loginUrl, graph: graphUrl },
      signIn: { method: 'admin', user: admin.userPrincipalName, clientId: appId },
    },
    refreshToken: tokenOf(admin),
    tokenOf,
  }
}
