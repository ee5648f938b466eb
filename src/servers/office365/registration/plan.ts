import type { Office365Cloud, Role } from '../../../domain/connection.ts'
import { clouds } from '../clouds.ts'
import { needsOf } from '../permissions.ts'

/** Microsoft Graph's application id, the same in every tenant and cloud. */
export const graphAppId = '00000003-0000-0000-c000-000000000000'

/** Delegated permissions that the administrator's token needs. */
export const registrationScopes = ['Application.ReadWrite.All', 'AppRoleAssignment.ReadWrite.All'] as const

export interface RegistrationWish {
  readonly role: Role
  readonly cloud: Office365Cloud
  /** The only mailboxes it may open; absent: every one of the tenant. */
  readonly mailboxes?: readonly string[]
}

/** What a registration gives an application. */
export interface RegistrationPlan {
  /** As administrators will find it. */
  readonly name: string
  /** Application permissions of Graph that are consented to for the whole tenant. */
  readonly permissions: readonly string[]
  /** Exchange's roles, bound to the mailboxes; a permission that stands above would undo that. */
  readonly scopedRoles: readonly string[]
  /** Permissions that Exchange can't bind to mailboxes; without them there is no full-fidelity transfer. */
  readonly fullFidelity: readonly string[]
}

/** The least that does the work: directory permissions for the tenant, mail where possible for the named mailboxes only. */
export function registrationPlan({ role, cloud, mailboxes }: RegistrationWish): RegistrationPlan {
  const needs = needsOf(role, clouds[cloud].importExport)
  const isFullFidelity = (name: string) => /^Mailbox(?:Item|Folder)\./.test(name)
  const names = needs.filter(({ anyOf, scoped }) => !isFullFidelity(anyOf[0]) && (mailboxes === undefined || scoped === undefined))
  return {
    name: `Mailferry ${role}`,
    permissions: names.map(({ anyOf }) => anyOf[0]),
    scopedRoles: mailboxes === undefined ? [] : needs.flatMap(({ scoped }) => scoped ?? []),
    fullFidelity: needs.map(({ anyOf }) => anyOf[0]).filter(isFullFidelity),
  }
}
