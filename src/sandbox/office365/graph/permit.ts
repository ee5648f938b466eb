import type { Mailbox } from '../../exchange/mailbox.ts'
import { type CloudUser, cloudMailbox, userBy } from '../tenant.ts'
import { type GraphCall, routeValue } from './call.ts'
import { accessDenied, GraphError } from './graphError.ts'

/** A permission's names: as an application has it, and delegated. Each list begins with the least. */
export interface Permission {
  readonly application: readonly string[]
  readonly delegated: readonly string[]
  /** Delegated ones that reach other people's mailboxes which the caller has full access to. */
  readonly shared?: readonly string[]
}

const same = (...names: readonly string[]): Permission => ({ application: names, delegated: names })

export const permissions = {
  readMail: { ...same('Mail.Read', 'Mail.ReadWrite'), shared: ['Mail.Read.Shared', 'Mail.ReadWrite.Shared'] },
  writeMail: { ...same('Mail.ReadWrite'), shared: ['Mail.ReadWrite.Shared'] },
  readSettings: same('MailboxSettings.Read', 'MailboxSettings.ReadWrite'),
  readCalendars: same('Calendars.Read', 'Calendars.ReadWrite'),
  readContacts: same('Contacts.Read', 'Contacts.ReadWrite'),
  readTasks: { application: ['Tasks.Read.All', 'Tasks.ReadWrite.All'], delegated: ['Tasks.Read', 'Tasks.ReadWrite'] },
  readFolders: {
    application: ['MailboxFolder.Read.All', 'MailboxFolder.ReadWrite.All'],
    delegated: ['MailboxFolder.Read', 'MailboxFolder.ReadWrite'],
  },
  writeFolders: { application: ['MailboxFolder.ReadWrite.All'], delegated: ['MailboxFolder.ReadWrite'] },
  readItems: {
    application: ['MailboxItem.Read.All', 'MailboxItem.ReadWrite.All'],
    delegated: ['MailboxItem.Read', 'MailboxItem.ReadWrite'],
  },
  deleteItems: { application: ['MailboxItem.ReadWrite.All'], delegated: ['MailboxItem.ReadWrite'] },
  exportItems: {
    application: ['MailboxItem.Export.All', 'MailboxItem.ImportExport.All'],
    delegated: ['MailboxItem.Export', 'MailboxItem.ImportExport'],
  },
  importItems: { application: ['MailboxItem.ImportExport.All'], delegated: ['MailboxItem.ImportExport'] },
  readUsers: same('User.Read.All', 'User.ReadWrite.All', 'Directory.Read.All', 'Directory.ReadWrite.All'),
  readOrganisation: same('Organization.Read.All', 'Directory.Read.All', 'User.Read.All'),
  readDomains: same('Domain.Read.All', 'Domain.ReadWrite.All', 'Directory.Read.All'),
  writeApplications: same('Application.ReadWrite.All'),
  readApplications: same('Application.Read.All', 'Application.ReadWrite.All', 'Directory.Read.All'),
  writeGrants: same('DelegatedPermissionGrant.ReadWrite.All', 'Directory.ReadWrite.All'),
  writeAssignments: same('AppRoleAssignment.ReadWrite.All'),
} as const satisfies Record<string, Permission>

const has = ({ caller }: GraphCall, { application, delegated }: Permission): boolean =>
  caller.scp === undefined
    ? application.some(name => caller.roles?.includes(name))
    : delegated.some(name => caller.scp?.split(' ').includes(name))

/** Throws where the directory isn't to be read or written by this caller: people need the right besides, which administrators have. */
export function permit(call: GraphCall, permission: Permission): void {
  const { caller, site } = call
  const writes = permission.application.every(name => /ReadWrite/.test(name))
  const isEntitled = caller.scp === undefined || !writes || (site.tenant.users.get(caller.oid)?.isAdministrator ?? false)
  if (!isEntitled || !has(call, permission))
    throw new GraphError(403, 'Authorization_RequestDenied', 'Insufficient privileges to complete the operation.')
}

export interface OpenMailbox {
  readonly mailbox: Mailbox
  readonly user: CloudUser
}

/** The mailbox of the route's `{user}`. */
export const openMailbox = (call: GraphCall, permission: Permission): OpenMailbox =>
  openMailboxOf(call, routeValue(call, 'user'), permission)

/** Opens a user's mailbox as Exchange Online does: permission first, then the user, then whether the application may reach this one, then its state. */
export function openMailboxOf(call: GraphCall, id: string, permission: Permission): OpenMailbox {
  const { tenant } = call.site
  const user = userBy(tenant, id)
  if (!mayOpen(call, permission, user)) throw accessDenied()
  if (!user) throw new GraphError(404, 'ErrorInvalidUser', `The requested user '${id}' is invalid.`)
  const principal = tenant.registry.servicePrincipal(call.caller.appid)
  if (call.caller.scp === undefined && principal?.accessPolicy && !principal.accessPolicy.has(user.person.objectGuid))
    throw new GraphError(
      403,
      'ErrorAccessDenied',
      'Access to OData is disabled: [RAOP] : Blocked by tenant configured AppOnly AccessPolicy settings.',
    )
  const mailbox = cloudMailbox(tenant, user)
  if (!mailbox)
    throw new GraphError(404, 'MailboxNotEnabledForRESTAPI', 'The mailbox is either inactive, soft-deleted, or is hosted on-premise.')
  const fault = tenant.organisation.faults.mailboxes.get(mailbox.guid)
  if (fault) throw new GraphError(503, fault, 'The mailbox is unavailable at present. Try again later.')
  return { mailbox, user }
}

function mayOpen(call: GraphCall, permission: Permission, user: CloudUser | undefined): boolean {
  const { caller, site } = call
  if (caller.scp === undefined) return has(call, permission) || mayByExchangeRole(call, permission, user)
  const isOwn = user?.person.objectGuid === caller.oid
  if (isOwn || user === undefined) return has(call, permission)
  const scopes = caller.scp.split(' ')
  const isShared = permission.shared?.some(name => scopes.includes(name)) ?? false
  return isShared && site.tenant.users.get(caller.oid) !== undefined && user.person.fullAccess.has(caller.oid)
}

/** RBAC for Applications: Exchange's own assignments, beside what Entra consented to. */
function mayByExchangeRole({ site, caller }: GraphCall, { application }: Permission, user: CloudUser | undefined): boolean {
  const roles = site.tenant.registry.servicePrincipal(caller.appid)?.exchangeRoles ?? []
  return roles.some(
    ({ role, mailboxes }) => application.includes(role) && (mailboxes === undefined || mailboxes.has(user?.person.objectGuid ?? '')),
  )
}
