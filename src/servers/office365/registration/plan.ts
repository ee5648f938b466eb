import type { Office365Cloud, Role } from '../../../domain/connection.ts'
import { clouds } from '../clouds.ts'
import { isFullFidelity, type Need, needsOf } from '../permissions.ts'

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
  /** What full-fidelity transfer takes besides, and nothing else does: permissions, or roles where mailboxes are named. */
  readonly fullFidelity: { readonly permissions: readonly string[]; readonly scopedRoles: readonly string[] }
}

/** The least that does the work: directory permissions for the tenant, mail where possible for the named mailboxes only. */
export function registrationPlan({ role, cloud, mailboxes }: RegistrationWish): RegistrationPlan {
  const needs = needsOf(role, clouds[cloud].importExport)
  const given = (some: readonly Need[]) =>
    mailboxes === undefined
      ? { permissions: some.map(least), scopedRoles: [] }
      : {
          permissions: some.filter(({ scoped }) => scoped === undefined).map(least),
          scopedRoles: some.flatMap(({ scoped }) => scoped ?? []),
        }
  return {
    name: `Mailferry ${role}`,
    ...given(needs.filter(need => !isFullFidelity(need))),
    fullFidelity: given(needs.filter(isFullFidelity)),
  }
}

const least = ({ anyOf }: Need): string => anyOf[0]
