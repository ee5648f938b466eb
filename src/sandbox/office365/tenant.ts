import { randomUUID } from 'node:crypto'
import type { MessageRule } from '@microsoft/microsoft-graph-types'
import type { NewPerson, Person } from '../exchange/directory.ts'
import type { Item } from '../exchange/item.ts'
import { addFolder, distinguishedFolder, type Folder, type Mailbox } from '../exchange/mailbox.ts'
import {
  addPerson,
  createOrganisation,
  giveMailbox,
  mailboxOf,
  type NewMailbox,
  type Organisation,
  type OrganisationOptions,
} from '../exchange/organisation.ts'
import type { Registry } from './entra/registry.ts'
import { createRegistry } from './entra/registry.ts'
import { createSignIns, type SignIns } from './entra/signIns.ts'
import { createTokenAuthority, type TokenAuthority } from './entra/tokens.ts'

/** Where a cloud user's mailbox is, or why there is none. Graph's mail endpoints tell all but `ready` and `held` apart from nothing. */
export type MailboxState =
  | 'ready'
  /** On hold; nothing is refused for that. */
  | 'held'
  | 'unlicensed'
  /** The licence was taken away less than thirty days ago: the mailbox is still there. */
  | 'licenceRemoved'
  /** Licensed, but the synchronised object carries an on-premises ExchangeGuid: it is never provisioned. */
  | 'onPremisesGuid'
  | 'softDeleted'
  /** Hybrid: the mailbox is on the company's own servers. */
  | 'onPremises'

/** Shared mailboxes and those of rooms have an account that nobody signs in to, and need no licence. */
export type MailboxPurpose = 'user' | 'shared' | 'room'

/** What Entra knows of a person beside the directory of Exchange Online. */
export interface CloudUser {
  readonly person: Person
  state: MailboxState
  purpose: MailboxPurpose
  userType: 'Member' | 'Guest'
  /** May consent for everybody, and register applications: Global Administrator. */
  isAdministrator: boolean
  /** Blocked by Conditional Access. */
  isBlocked: boolean
  /** Base64 of the on-premises object's GUID; none: a cloud-only account. */
  onPremisesImmutableId: string | undefined
  readonly inboxRules: MessageRule[]
  /** Milliseconds since the epoch: tokens for sessions begun before are dead. */
  sessionsValidFrom: number
}

/** What may be changed while the tenant runs. */
export interface TenantSwitches {
  /** Milliseconds until a created or moved item is seen in lists and deltas. */
  lagMilliseconds: number
  /** Milliseconds for which a delta token is good. */
  deltaTokenLifetime: number
  /** Delta tokens from before this moment (milliseconds since the epoch) are forgotten. */
  deltaTokensSince: number
  /** Milliseconds for which an import session's URL is good. */
  importSessionLifetime: number
  /** Milliseconds until a certificate that was given to an application is known to the token endpoint. */
  certificateLagMilliseconds: number
  /** Whether an application without permissions may look itself up by its client id; by its object id it may in any case. */
  ownApplicationByAppId: boolean
  /** `EWSEnabled`: EWS is answered, and then by OAuth only. Null has meant false since 1 October 2026. */
  ewsEnabled: boolean | undefined
}

/** A Microsoft 365 tenant: Entra's directory and registrations over the mailboxes of Exchange Online. */
export interface Tenant {
  /** GUID. */
  readonly id: string
  readonly organisation: Organisation
  /** `<name>.onmicrosoft.com`: the tenant's own for ever. */
  readonly initialDomain: string
  readonly users: Map<string, CloudUser>
  /** Archive folders of mailboxes, by mailbox GUID: ordinary folders in the store, well known in Graph. */
  readonly archiveFolders: Map<string, Folder>
  /** Stores that archives were expanded by, by the archive's GUID. */
  readonly auxiliaryArchives: Map<string, readonly Mailbox[]>
  readonly registry: Registry
  readonly signIns: SignIns
  readonly tokens: TokenAuthority
  readonly switches: TenantSwitches
  /** When items came where they are by way of Graph: what lags behind. */
  readonly arrivals: WeakMap<Item, number>
}

export interface TenantOptions extends Pick<OrganisationOptions, 'name' | 'now'> {
  readonly id?: string
  /** Domains beside `<name>.onmicrosoft.com`. */
  readonly domains?: readonly string[]
  /** Wrong passwords in a row that lock an account; 10 unless said. */
  readonly lockAfter?: number
}

const day = 24 * 3_600_000

export function createTenant({ name, now = Date.now, id = randomUUID(), domains = [], lockAfter = 10 }: TenantOptions): Tenant {
  const initialDomain = `${name.toLowerCase().replace(/[^a-z0-9]/g, '')}.onmicrosoft.com`
  const organisation = createOrganisation({
    name,
    now,
    acceptedDomains: [...domains, initialDomain],
    release: 'Exchange2019',
    exchangeOrganisation: 'ExchangeLabs',
    limits: { maxMessageSize: 150 * 1024 * 1024 },
    regenerateMime: true,
  })
  const users = new Map<string, CloudUser>()
  const registry = createRegistry(now)
  return {
    id,
    organisation,
    initialDomain,
    users,
    archiveFolders: new Map(),
    auxiliaryArchives: new Map(),
    registry,
    signIns: createSignIns(organisation, lockAfter),
    tokens: createTokenAuthority(id, now),
    switches: {
      lagMilliseconds: 0,
      deltaTokenLifetime: 30 * day,
      deltaTokensSince: 0,
      importSessionLifetime: 3_600_000,
      certificateLagMilliseconds: 0,
      ownApplicationByAppId: true,
      ewsEnabled: undefined,
    },
    arrivals: new WeakMap(),
  }
}

export interface NewCloudUser extends NewPerson {
  readonly state?: MailboxState
  readonly purpose?: MailboxPurpose
  readonly isAdministrator?: boolean
  readonly mailbox?: NewMailbox
}

/** Adds a user, with a mailbox where the state has one here. */
export function addUser(tenant: Tenant, options: NewCloudUser): Person {
  const { state = 'ready', purpose = 'user', isAdministrator = false, mailbox, ...person } = options
  const added = addPerson(tenant.organisation, { accountDisabled: purpose !== 'user', ...person })
  const synchronised = state === 'onPremisesGuid' || state === 'onPremises'
  tenant.users.set(added.objectGuid, {
    person: added,
    state,
    purpose,
    userType: 'Member',
    isAdministrator,
    isBlocked: false,
    onPremisesImmutableId: synchronised ? Buffer.from(added.objectGuid.replaceAll('-', ''), 'hex').toString('base64') : undefined,
    inboxRules: [],
    sessionsValidFrom: 0,
  })
  if (hasMailbox({ state }) || state === 'softDeleted') provisionMailbox(tenant, added, mailbox)
  return added
}

/** Gives a user a new mailbox, with the archive folder that every mailbox of Exchange Online has. */
export function provisionMailbox(tenant: Tenant, person: Person, options: NewMailbox = {}): Mailbox {
  const mailbox = giveMailbox(tenant.organisation, person, options)
  const displayName = archiveNames[options.language ?? 'en']
  const root = distinguishedFolder(mailbox, 'msgfolderroot')
  tenant.archiveFolders.set(mailbox.guid, addFolder(mailbox, root, { displayName, folderClass: 'IPF.Note' }))
  return mailbox
}

const archiveNames = { en: 'Archive', de: 'Archiv', nb: 'Arkiv', fr: 'Archive' }

export const hasMailbox = ({ state }: Pick<CloudUser, 'state'>): boolean =>
  state === 'ready' || state === 'held' || state === 'licenceRemoved'

/** The mailbox a user can be reached in by Graph. */
export const cloudMailbox = (tenant: Tenant, user: CloudUser): Mailbox | undefined =>
  hasMailbox(user) ? mailboxOf(tenant.organisation, user.person) : undefined

/** By object id or UPN, as paths of Graph have it: an address that isn't the UPN finds nobody. */
export function userBy(tenant: Tenant, idOrUpn: string): CloudUser | undefined {
  const wanted = idOrUpn.toLowerCase()
  return [...tenant.users.values()].find(({ person }) => person.objectGuid === wanted || person.userPrincipalName.toLowerCase() === wanted)
}
