import { randomUUID } from 'node:crypto'
import type { RequiredResourceAccess } from '@microsoft/microsoft-graph-types'
import { appRoles, commandLineToolsAppId, exchangeAppId, graphAppId } from './permissions.ts'

/** A client secret. Entra shows its value once, when it is made. */
export interface Secret {
  readonly keyId: string
  readonly displayName: string | undefined
  readonly value: string
  readonly startDateTime: string
  endDateTime: string
}

/** A certificate the application signs its assertions with. */
export interface KeyCredential {
  readonly keyId: string
  readonly displayName: string | undefined
  /** DER. */
  readonly certificate: Buffer
  readonly startDateTime: string
  endDateTime: string
  /** Milliseconds since the epoch: a new one isn't known everywhere in Entra at once. Absent: known. */
  readonly knownFrom?: number
}

/** An application's registration. */
export interface Application {
  readonly id: string
  readonly appId: string
  readonly createdDateTime: string
  displayName: string
  /** Public clients may use device codes and passwords, and have no secret. */
  isPublicClient: boolean
  signInAudience: string
  requiredResourceAccess: readonly RequiredResourceAccess[]
  secrets: Secret[]
  keyCredentials: KeyCredential[]
}

/** An application permission that an administrator consented to. */
export interface AppRoleAssignment {
  readonly id: string
  readonly resourceId: string
  readonly appRoleId: string
  readonly createdDateTime: string
}

/** Delegated permissions that were consented to: for everybody, or one user's object id. */
export interface PermissionGrant {
  readonly id: string
  readonly resourceId: string
  readonly principalId: string | undefined
  scope: string
}

/** What an application is in this tenant: without one nobody can sign in with it. */
export interface ServicePrincipal {
  readonly id: string
  readonly appId: string
  displayName: string
  accountEnabled: boolean
  readonly roleAssignments: AppRoleAssignment[]
  readonly grants: PermissionGrant[]
  /** Object GUIDs of the only people whose mailboxes it may open: an application access policy. None: everybody's. */
  accessPolicy: Set<string> | undefined
  /** Roles of RBAC for Applications (`Application Mail.ReadWrite` without its first word) and whose mailboxes they reach; they need no consent in Entra. */
  readonly exchangeRoles: { readonly role: string; readonly mailboxes: Set<string> | undefined }[]
}

/** Applications of the tenant, by whatever they are known by. */
export interface Registry {
  readonly applications: Application[]
  readonly servicePrincipals: ServicePrincipal[]
  addApplication(displayName: string, options?: { readonly isPublicClient?: boolean }): Application
  addServicePrincipal(appId: string, displayName: string): ServicePrincipal
  addSecret(application: Application, options?: { readonly displayName?: string; readonly lifetime?: number }): Secret
  application(appId: string): Application | undefined
  servicePrincipal(appId: string): ServicePrincipal | undefined
  consent(principal: ServicePrincipal, resourceAppId: string, roleId: string): AppRoleAssignment
}

const halfYear = 180 * 24 * 3_600_000

export function createRegistry(now: () => number): Registry {
  const iso = (ms = now()): string => new Date(ms).toISOString()
  const applications: Application[] = []
  const servicePrincipals: ServicePrincipal[] = []
  // Microsoft's own applications have a service principal in every tenant, and are registered in none of them.
  const commandLineTools: Application = {
    id: randomUUID(),
    appId: commandLineToolsAppId,
    createdDateTime: iso(),
    displayName: 'Microsoft Graph Command Line Tools',
    isPublicClient: true,
    signInAudience: 'AzureADandPersonalMicrosoftAccount',
    requiredResourceAccess: [],
    secrets: [],
    keyCredentials: [],
  }
  const registry: Registry = {
    applications,
    servicePrincipals,
    addApplication(displayName, { isPublicClient = false } = {}) {
      const application: Application = {
        id: randomUUID(),
        appId: randomUUID(),
        createdDateTime: iso(),
        displayName,
        isPublicClient,
        signInAudience: 'AzureADMyOrg',
        requiredResourceAccess: [],
        secrets: [],
        keyCredentials: [],
      }
      applications.push(application)
      return application
    },
    addServicePrincipal(appId, displayName) {
      const principal: ServicePrincipal = {
        id: randomUUID(),
        appId,
        displayName,
        accountEnabled: true,
        roleAssignments: [],
        grants: [],
        accessPolicy: undefined,
        exchangeRoles: [],
      }
      servicePrincipals.push(principal)
      return principal
    },
    addSecret(application, { displayName, lifetime = halfYear } = {}) {
      const value = `${randomUUID().slice(0, 3)}8Q~${randomUUID().replaceAll('-', '')}`
      const secret = { keyId: randomUUID(), displayName, value, startDateTime: iso(), endDateTime: iso(now() + lifetime) }
      application.secrets.push(secret)
      return secret
    },
    application: appId => [...applications, commandLineTools].find(one => one.appId === appId),
    servicePrincipal: appId => servicePrincipals.find(one => one.appId === appId),
    consent(principal, resourceAppId, roleId) {
      const resource = servicePrincipals.find(({ appId }) => appId === resourceAppId)
      if (!resource) throw new Error(`No service principal of ${resourceAppId}`)
      const assignment = { id: randomUUID(), resourceId: resource.id, appRoleId: roleId, createdDateTime: iso() }
      principal.roleAssignments.push(assignment)
      return assignment
    },
  }
  registry.addServicePrincipal(graphAppId, 'Microsoft Graph')
  registry.addServicePrincipal(exchangeAppId, 'Office 365 Exchange Online')
  registry.addServicePrincipal(commandLineToolsAppId, commandLineTools.displayName)
  return registry
}

export interface RegisteredApplication {
  readonly application: Application
  readonly principal: ServicePrincipal
  /** A client secret's value. */
  readonly secret: string
}

/** Registers an application with a secret, and consents to application permissions of Graph by their names: what an administrator does in the portal. */
export function registerApplication(registry: Registry, displayName: string, permissions: readonly string[]): RegisteredApplication {
  const application = registry.addApplication(displayName)
  const principal = registry.addServicePrincipal(application.appId, displayName)
  for (const permission of permissions) {
    const [resource, roles] = Object.entries(appRoles).find(([, known]) => Object.hasOwn(known, permission)) ?? []
    const role = roles?.[permission]
    if (resource === undefined || role === undefined) throw new Error(`No application permission ${permission}`)
    registry.consent(principal, resource, role)
  }
  return { application, principal, secret: registry.addSecret(application).value }
}
