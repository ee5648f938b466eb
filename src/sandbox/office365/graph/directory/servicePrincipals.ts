import { randomUUID } from 'node:crypto'
import type { Answer } from '../../../http/answer.ts'
import { appRoles, roleName } from '../../entra/permissions.ts'
import type { ServicePrincipal } from '../../entra/registry.ts'
import { type GraphCall, jsonBody, pageSize, routeValue } from '../call.ts'
import { badRequest, GraphError, resourceNotFound } from '../graphError.ts'
import { nothing } from '../nothing.ts'
import { parseFilter } from '../odata/filter.ts'
import { matches } from '../odata/matches.ts'
import { entityAnswer, page, resumed } from '../odata/page.ts'
import { project, selected } from '../odata/select.ts'
import { permissions, permit } from '../permit.ts'

const properties = ['id', 'appId', 'displayName', 'accountEnabled', 'servicePrincipalType', 'appRoles']

const show = ({ id, appId, displayName, accountEnabled }: ServicePrincipal): object => ({
  id,
  appId,
  displayName,
  accountEnabled,
  servicePrincipalType: 'Application',
  appRoles: Object.entries(appRoles[appId] ?? {}).map(([value, roleId]) => ({
    id: roleId,
    value,
    displayName: value,
    description: value,
    isEnabled: true,
    allowedMemberTypes: ['Application'],
  })),
})

/** By object id, or `servicePrincipals(appId='…')`. */
function principalOf(call: GraphCall): ServicePrincipal {
  const id = routeValue(call, 'principal')
  const [, appId] = /^servicePrincipals\(appId='(.+)'\)$/i.exec(id) ?? []
  const found = call.site.tenant.registry.servicePrincipals.find(one => (appId === undefined ? one.id === id : one.appId === appId))
  if (!found) throw resourceNotFound(id)
  return found
}

export function listServicePrincipals(given: GraphCall): Answer {
  const { call, offset } = resumed(given)
  permit(call, permissions.readApplications)
  const text = call.query.get('$filter')
  const filter = text === null ? undefined : parseFilter(text)
  const shown = call.site.tenant.registry.servicePrincipals.map(show)
  const entities = filter ? shown.filter(one => matches(one, filter)) : shown
  const select = selected(call, 'servicePrincipal', properties)
  return page(call, {
    context: 'servicePrincipals',
    entities,
    offset,
    size: pageSize(call, 100, 999),
    show: one => project(one, select),
  })
}

export function getServicePrincipal(call: GraphCall): Answer {
  permit(call, permissions.readApplications)
  const select = selected(call, 'servicePrincipal', properties)
  return entityAnswer(call, 'servicePrincipals/$entity', project(show(principalOf(call)), select))
}

export function postServicePrincipal(call: GraphCall): Answer {
  permit(call, permissions.writeApplications)
  const { appId } = jsonBody(call)
  const { registry } = call.site.tenant
  const application = typeof appId === 'string' ? registry.application(appId) : undefined
  if (!application)
    throw new GraphError(
      400,
      'Request_BadRequest',
      `The appId '${String(appId)}' of the service principal does not reference a valid application object.`,
    )
  if (registry.servicePrincipal(application.appId))
    throw new GraphError(
      409,
      'Request_MultipleObjectsWithSameKeyValue',
      `The service principal cannot be created, updated, or restored because the service principal name ${application.appId} is already in use.`,
    )
  const principal = registry.addServicePrincipal(application.appId, application.displayName)
  return entityAnswer(call, 'servicePrincipals/$entity', show(principal), 201)
}

const showAssignment = (call: GraphCall, principal: ServicePrincipal) => (assignment: ServicePrincipal['roleAssignments'][number]) => ({
  ...assignment,
  principalId: principal.id,
  principalType: 'ServicePrincipal',
  principalDisplayName: principal.displayName,
  resourceDisplayName: call.site.tenant.registry.servicePrincipals.find(({ id }) => id === assignment.resourceId)?.displayName,
})

export function listAppRoleAssignments(given: GraphCall): Answer {
  const { call, offset } = resumed(given)
  permit(call, permissions.readApplications)
  const principal = principalOf(call)
  const entities = principal.roleAssignments
  return page(call, {
    context: 'appRoleAssignments',
    entities,
    offset,
    size: pageSize(call, 100, 999),
    show: showAssignment(call, principal),
  })
}

/** Consents to an application permission. */
export function postAppRoleAssignment(call: GraphCall): Answer {
  permit(call, permissions.writeAssignments)
  const principal = principalOf(call)
  const { principalId, resourceId, appRoleId } = jsonBody(call)
  const { registry } = call.site.tenant
  const resource = registry.servicePrincipals.find(({ id }) => id === resourceId)
  if (principalId !== principal.id || !resource) throw badRequest('principalId and resourceId have to be ids of service principals.')
  if (typeof appRoleId !== 'string' || roleName(resource.appId, appRoleId) === undefined)
    throw new GraphError(400, 'Request_BadRequest', 'Permission being assigned was not found on application.')
  if (principal.roleAssignments.some(one => one.resourceId === resource.id && one.appRoleId === appRoleId))
    throw new GraphError(400, 'Request_BadRequest', 'Permission being assigned already exists on the object.')
  return entityAnswer(
    call,
    'appRoleAssignments/$entity',
    showAssignment(call, principal)(registry.consent(principal, resource.appId, appRoleId)),
    201,
  )
}

export function deleteAppRoleAssignment(call: GraphCall): Answer {
  permit(call, permissions.writeAssignments)
  const { roleAssignments } = principalOf(call)
  const id = routeValue(call, 'assignment')
  const index = roleAssignments.findIndex(one => one.id === id)
  if (index === -1) throw resourceNotFound(id)
  roleAssignments.splice(index, 1)
  return nothing()
}

/** Consents to delegated permissions, for everybody or one person. */
export function postPermissionGrant(call: GraphCall): Answer {
  permit(call, permissions.writeGrants)
  const { clientId, consentType, principalId, resourceId, scope } = jsonBody(call)
  const { servicePrincipals } = call.site.tenant.registry
  const client = servicePrincipals.find(({ id }) => id === clientId)
  const resource = servicePrincipals.find(({ id }) => id === resourceId)
  const isForOne = consentType === 'Principal'
  if (!client || !resource || typeof scope !== 'string' || (isForOne && typeof principalId !== 'string'))
    throw badRequest('The grant is incomplete.')
  const grant = { id: randomUUID(), resourceId: resource.id, principalId: isForOne ? String(principalId) : undefined, scope }
  client.grants.push(grant)
  return entityAnswer(
    call,
    'oauth2PermissionGrants/$entity',
    { ...grant, clientId: client.id, consentType, principalId: principalId ?? null },
    201,
  )
}
