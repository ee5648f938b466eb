import type { Role } from '../../domain/connection.ts'
import type { TokenClaims } from './entra/tokenClaims.ts'

/** A right that Mailferry needs of a tenant, as Microsoft Graph and Exchange Online call it. */
export interface Need {
  /** Names of application permissions, any one of which will do; the least first. */
  readonly anyOf: readonly [string, ...string[]]
  /** The same for somebody who is signed in himself. */
  readonly delegated: readonly [string, ...string[]]
  /** What it is for, as the end of a sentence. */
  readonly for: string
  /** Exchange's role for it (RBAC for Applications), which can be bound to some mailboxes; then it doesn't stand in the token. */
  readonly scoped?: string
  /** Without it, something is left out, but mail is migrated all the same. */
  readonly optional?: true
}

const directory: readonly Need[] = [
  {
    anyOf: ['User.Read.All', 'User.ReadWrite.All', 'Directory.Read.All', 'Directory.ReadWrite.All'],
    delegated: ['User.Read.All', 'User.ReadWrite.All', 'Directory.Read.All', 'Directory.ReadWrite.All'],
    for: 'listing mailboxes and finding them again after their addresses changed',
  },
  {
    anyOf: ['Domain.Read.All', 'Domain.ReadWrite.All', 'Directory.Read.All', 'Directory.ReadWrite.All'],
    delegated: ['Domain.Read.All', 'Domain.ReadWrite.All', 'Directory.Read.All', 'Directory.ReadWrite.All'],
    for: 'knowing the tenant’s domains',
    optional: true,
  },
]

const settings: Need = {
  anyOf: ['MailboxSettings.Read', 'MailboxSettings.ReadWrite'],
  delegated: ['MailboxSettings.Read', 'MailboxSettings.ReadWrite'],
  for: 'telling shared and room mailboxes from people’s, and their rules',
  scoped: 'Application MailboxSettings.Read',
  optional: true,
}

const folders: Need = {
  anyOf: ['MailboxFolder.Read.All', 'MailboxFolder.ReadWrite.All'],
  delegated: ['MailboxFolder.Read', 'MailboxFolder.ReadWrite'],
  for: 'the folders of full-fidelity transfer',
  scoped: 'Application MailboxFolder.Read',
  optional: true,
}

/** To export or import items isn't to list them. */
const items: Need = {
  anyOf: ['MailboxItem.Read.All', 'MailboxItem.ReadWrite.All'],
  delegated: ['MailboxItem.Read', 'MailboxItem.ReadWrite'],
  for: 'listing the items of full-fidelity transfer',
  scoped: 'Application MailboxItem.Read',
  optional: true,
}

const needs: Readonly<Record<Role, readonly Need[]>> = {
  source: [
    ...directory,
    {
      anyOf: ['Mail.Read', 'Mail.ReadWrite'],
      delegated: ['Mail.Read', 'Mail.ReadWrite', 'Mail.Read.Shared', 'Mail.ReadWrite.Shared'],
      for: 'reading mail',
      scoped: 'Application Mail.Read',
    },
    settings,
    folders,
    items,
    {
      anyOf: ['MailboxItem.Export.All', 'MailboxItem.ImportExport.All'],
      delegated: ['MailboxItem.Export', 'MailboxItem.ImportExport'],
      for: 'exporting items in full fidelity',
      scoped: 'Application MailboxItem.Export',
      optional: true,
    },
  ],
  target: [
    ...directory,
    {
      anyOf: ['Mail.ReadWrite'],
      delegated: ['Mail.ReadWrite', 'Mail.ReadWrite.Shared'],
      for: 'writing mail',
      scoped: 'Application Mail.ReadWrite',
    },
    settings,
    {
      ...folders,
      anyOf: ['MailboxFolder.ReadWrite.All'],
      delegated: ['MailboxFolder.ReadWrite'],
      scoped: 'Application MailboxFolder.ReadWrite',
    },
    {
      ...items,
      anyOf: ['MailboxItem.ReadWrite.All'],
      delegated: ['MailboxItem.ReadWrite'],
      for: 'listing items of full-fidelity transfer, and taking away what was written',
      scoped: 'Application MailboxItem.ReadWrite',
    },
    {
      anyOf: ['MailboxItem.ImportExport.All'],
      delegated: ['MailboxItem.ImportExport'],
      for: 'importing items in full fidelity',
      scoped: 'Application MailboxItem.ImportExport',
      optional: true,
    },
  ],
}

/**
 * The least that a source or a target needs (Microsoft Graph permissions reference; Exchange Online, "Role Based Access Control for Applications").
 * `importExport`: whether the cloud has that API at all.
 */
export const needsOf = (role: Role, importExport: boolean, ews = false): readonly Need[] =>
  ews ? directory : needs[role].filter(need => importExport || !isFullFidelity(need))

/** The names of a need, the least first, for whoever a token is of. */
export const namesOf = ({ anyOf, delegated }: Need, claims: TokenClaims): readonly [string, ...string[]] =>
  claims.delegated ? delegated : anyOf

export const isGiven = (need: Need, claims: TokenClaims): boolean => namesOf(need, claims).some(name => claims.permissions.includes(name))

/** Whether it is for full-fidelity transfer alone. */
export const isFullFidelity = ({ anyOf }: Need): boolean => /^Mailbox(?:Item|Folder)\./.test(anyOf[0])
