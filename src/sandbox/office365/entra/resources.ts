import { AadstsError } from './aadsts.ts'
import { exchangeAppId, graphAppId, roleName } from './permissions.ts'
import type { Registry, ServicePrincipal } from './registry.ts'

/** What tokens are asked for: Graph or Exchange Online, by the addresses they have in the world. */
const resources: Readonly<Record<string, string>> = {
  'https://graph.microsoft.com': graphAppId,
  [graphAppId]: graphAppId,
  'https://outlook.office365.com': exchangeAppId,
  'https://outlook.office.com': exchangeAppId,
}

export interface Asked {
  /** The token's audience. */
  readonly audience: string
  readonly resource: ServicePrincipal
  /** Names of delegated permissions; `.default`: all that were consented to. OpenID's own are left out. */
  readonly permissions: readonly string[]
  /** A refresh token is wanted. */
  readonly offline: boolean
}

const openId = ['openid', 'profile', 'email', 'offline_access']

/** Reads `scope`. `aliases`: further addresses of Graph, such as the sandbox's own. */
export function readScope(registry: Registry, scope: string, aliases: ReadonlySet<string>): Asked {
  const parts = scope.split(' ').filter(Boolean)
  const wanted = parts.filter(part => !openId.includes(part))
  const first = wanted[0]
  if (first === undefined) throw invalidScope(scope)
  const audience = first.includes('/') ? first.slice(0, first.lastIndexOf('/')).replace(/\/$/, '') : 'https://graph.microsoft.com'
  const appId = aliases.has(audience) ? graphAppId : resources[audience]
  const resource = appId === undefined ? undefined : registry.servicePrincipal(appId)
  if (!resource) {
    const text = `The resource principal named ${audience} was not found in the tenant. This can happen if the application has not been installed by the administrator of the tenant or consented to by any user in the tenant.`
    throw new AadstsError(500011, 'invalid_resource', text)
  }
  const permissions = wanted.map(part => part.slice(part.lastIndexOf('/') + 1))
  return {
    audience: aliases.has(audience) ? 'https://graph.microsoft.com' : audience,
    resource,
    permissions,
    offline: parts.includes('offline_access'),
  }
}

export const invalidScope = (scope: string): AadstsError =>
  new AadstsError(
    70011,
    'invalid_scope',
    `The provided request must include a 'scope' input parameter. The provided value for the input parameter 'scope' is not valid. The scope ${scope} is not valid.`,
  )

/** Application permissions consented to, by name. */
export const rolesFor = ({ roleAssignments }: ServicePrincipal, resource: ServicePrincipal): string[] =>
  roleAssignments
    .filter(({ resourceId }) => resourceId === resource.id)
    .flatMap(({ appRoleId }) => roleName(resource.appId, appRoleId) ?? [])

/** Delegated permissions consented to for this user, by name. */
export const scopesFor = ({ grants }: ServicePrincipal, resource: ServicePrincipal, userId: string): string[] => [
  ...new Set(
    grants
      .filter(({ resourceId, principalId }) => resourceId === resource.id && (principalId === undefined || principalId === userId))
      .flatMap(({ scope }) => scope.split(' ').filter(Boolean)),
  ),
]
