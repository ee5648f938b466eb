import { graphAppId } from '../../../src/sandbox/office365/entra/permissions.ts'
import type { Office365Side } from '../../../src/sandbox/sides/office365Side.ts'

/** An administrator's own sign-in: what a browser, or a device code, leaves behind. */
export interface Desk {
  readonly connection: object
  readonly refreshToken: string
}

/** Signs the tenant's administrator in to a public client that may do in his name what reading mail takes. */
export function signInAdmin({ tenant, admin, loginUrl, graphUrl }: Office365Side): Desk {
  const { registry } = tenant
  const { appId } = registry.addApplication('Mailferry at the desk', { isPublicClient: true })
  const resourceId = registry.servicePrincipal(graphAppId)?.id
  if (resourceId === undefined) throw new Error('a tenant without Graph')
  const scope = 'User.Read User.Read.All Mail.Read MailboxSettings.Read Domain.Read.All'
  registry.addServicePrincipal(appId, 'Mailferry at the desk').grants.push({ id: 'desk', resourceId, principalId: admin.objectGuid, scope })
  return {
    connection: {
      kind: 'office365',
      at: { login: loginUrl, graph: graphUrl },
      signIn: { method: 'admin', user: admin.userPrincipalName, clientId: appId },
    },
    refreshToken: tenant.tokens.beginSession({ appId, userId: admin.objectGuid }),
  }
}
