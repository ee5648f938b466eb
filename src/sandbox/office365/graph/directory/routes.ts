import { type Route, route } from '../route.ts'
import { deleteApplication, getApplication, listApplications, patchApplication, postApplication } from './applications.ts'
import { addKey, removeKey } from './keys.ts'
import { getDomain, listDomains, listOrganisation } from './organisation.ts'
import { addPassword, removePassword } from './passwords.ts'
import {
  deleteAppRoleAssignment,
  getServicePrincipal,
  listAppRoleAssignments,
  listServicePrincipals,
  postAppRoleAssignment,
  postPermissionGrant,
  postServicePrincipal,
} from './servicePrincipals.ts'
import { countUsers, getUser, listUsers } from './users.ts'

export const directoryRoutes: readonly Route[] = [
  route('GET', 'organization', listOrganisation, ['$select']),
  route('GET', 'domains', listDomains, ['$select']),
  route('GET', 'domains/{domain}', getDomain),
  route('GET', 'applications', listApplications, ['$select', '$filter', '$top']),
  route('POST', 'applications', postApplication),
  route('GET', 'applications/{application}', getApplication, ['$select']),
  route('PATCH', 'applications/{application}', patchApplication),
  route('DELETE', 'applications/{application}', deleteApplication),
  route('POST', 'applications/{application}/addPassword', addPassword),
  route('POST', 'applications/{application}/removePassword', removePassword),
  route('POST', 'applications/{application}/addKey', addKey),
  route('POST', 'applications/{application}/removeKey', removeKey),
  route('GET', 'servicePrincipals', listServicePrincipals, ['$select', '$filter', '$top']),
  route('POST', 'servicePrincipals', postServicePrincipal),
  route('GET', 'servicePrincipals/{principal}', getServicePrincipal, ['$select']),
  route('GET', 'servicePrincipals/{principal}/appRoleAssignments', listAppRoleAssignments, ['$top']),
  route('POST', 'servicePrincipals/{principal}/appRoleAssignments', postAppRoleAssignment),
  route('DELETE', 'servicePrincipals/{principal}/appRoleAssignments/{assignment}', deleteAppRoleAssignment),
  route('POST', 'oauth2PermissionGrants', postPermissionGrant),
  route('GET', 'users/$count', countUsers, ['$filter', '$search']),
  route('GET', 'users', listUsers, ['$select', '$filter', '$top', '$orderby', '$count', '$search']),
  route('GET', 'users/{user}', getUser, ['$select']),
]
