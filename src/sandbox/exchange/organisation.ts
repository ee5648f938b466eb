import { randomBytes, randomUUID } from 'node:crypto'
import { createPerson, hasSmtpAddress, type NewPerson, type Person } from './directory.ts'
import { type Faults, noFaults } from './faults.ts'
import type { MailboxLanguage } from './language.ts'
import { createMailbox, type Mailbox } from './mailbox.ts'
import { type Release, type ServerVersion, serverVersion } from './versions.ts'

/** An Exchange organisation: one forest, its directory and its mailboxes, in memory. */
export interface Organisation {
  /** For people, e.g. `Fabrikam`. */
  readonly name: string
  /** Autodiscover's `DeploymentId`: which forest this is. */
  readonly deploymentId: string
  /** The `/o=` of its distinguished names. `First Organization` is what most have, so it tells them apart from nobody. */
  readonly exchangeOrganisation: string
  version: ServerVersion
  /** Domains this organisation receives mail for, in lower case. */
  readonly acceptedDomains: Set<string>
  readonly people: Person[]
  /** Stores by their GUID; one that nobody has any more stays, as a disconnected mailbox does. */
  readonly mailboxes: Map<string, Mailbox>
  readonly limits: Limits
  /** Real Exchange composes MIME anew from properties; so does this one then. Otherwise mail comes back byte for byte. */
  regenerateMime: boolean
  readonly faults: Faults
  /** Mail that left, or would have left, in the order it was sent: also what went to mailboxes here. */
  readonly outbox: SentMessage[]
  /** Milliseconds since the epoch. */
  readonly now: () => number
  /** Seals what is opaque to clients (ids, sync states, export streams), so that nobody can make up their own. */
  readonly secret: Buffer
}

export interface Limits {
  /** Bytes of an item that is created or sent: `MaxReceiveSize`. */
  maxMessageSize: number
  /** Items FindItem and FindFolder give out at once: `EwsFindCountLimit`. */
  findCountLimit: number
  /** Folders a mailbox may hold. */
  maxFolders: number
}

export interface SentMessage {
  readonly from: string
  readonly to: readonly string[]
  readonly mime: Buffer
  readonly itemClass: string
  /** Milliseconds since the epoch. */
  readonly at: number
}

export interface OrganisationOptions {
  readonly name: string
  readonly acceptedDomains: readonly string[]
  readonly release?: Release
  readonly deploymentId?: string
  /** Default: `First Organization`. */
  readonly exchangeOrganisation?: string
  readonly limits?: Partial<Limits>
  readonly regenerateMime?: boolean
  /** Milliseconds since the epoch. Default: the system's clock. */
  readonly now?: () => number
}

export function createOrganisation(options: OrganisationOptions): Organisation {
  const { name, acceptedDomains, release = 'Exchange2016', exchangeOrganisation = 'First Organization' } = options
  return {
    name,
    deploymentId: options.deploymentId ?? randomUUID(),
    exchangeOrganisation,
    version: serverVersion(release),
    acceptedDomains: new Set(acceptedDomains.map(domain => domain.toLowerCase())),
    people: [],
    mailboxes: new Map(),
    limits: { maxMessageSize: 36 * 1024 * 1024, findCountLimit: 1000, maxFolders: 10_000, ...options.limits },
    regenerateMime: options.regenerateMime ?? false,
    faults: noFaults(),
    outbox: [],
    now: options.now ?? Date.now,
    secret: randomBytes(32),
  }
}

/** Adds somebody to the directory, as yet without a mailbox. */
export function addPerson(organisation: Organisation, options: NewPerson): Person {
  const person = createPerson(options, organisation.exchangeOrganisation, organisation.people.length + 1)
  organisation.people.push(person)
  return person
}

export interface NewMailbox {
  readonly language?: MailboxLanguage
  readonly quota?: number
  readonly guid?: string
}

/**
 * Gives a person a new, empty mailbox. One that was there is disconnected, as `Disable-Mailbox` and `Enable-Mailbox` do: the person is the same, and so
 * are the addresses, but the mailbox GUID and everything in the store are not, and the archive is disconnected too.
 */
export function giveMailbox(organisation: Organisation, person: Person, { language = 'en', quota, guid }: NewMailbox = {}): Mailbox {
  const mailbox = createMailbox({ guid: guid ?? randomUUID(), language, quota })
  organisation.mailboxes.set(mailbox.guid, mailbox)
  person.mailboxGuid = mailbox.guid
  person.archiveGuid = undefined
  return mailbox
}

/** What an archive begins with (`Enable-Mailbox -Archive`); people and retention policies make the rest. */
const archiveFolders = [
  'root',
  'msgfolderroot',
  'searchfolders',
  'deleteditems',
  'recoverableitemsroot',
  'recoverableitemsdeletions',
  'recoverableitemsversions',
  'recoverableitemspurges',
] as const

/** Gives a person who has a mailbox an archive: a second store with a GUID of its own (`ArchiveGuid`). */
export function giveArchive(organisation: Organisation, person: Person, language: MailboxLanguage = 'en'): Mailbox {
  const archive = addArchiveStore(organisation, language)
  person.archiveGuid = archive.guid
  return archive
}

/** A store that is nobody's yet, with an archive's folders. */
export function addArchiveStore({ mailboxes }: Organisation, language: MailboxLanguage = 'en'): Mailbox {
  const archive = createMailbox({ guid: randomUUID(), language, folders: archiveFolders })
  mailboxes.set(archive.guid, archive)
  return archive
}

export const archiveOf = (organisation: Organisation, person: Person): Mailbox | undefined =>
  person.archiveGuid === undefined ? undefined : organisation.mailboxes.get(person.archiveGuid)

/** The store a person has today. */
export const mailboxOf = (organisation: Organisation, person: Person): Mailbox | undefined =>
  person.mailboxGuid === undefined ? undefined : organisation.mailboxes.get(person.mailboxGuid)

/** Whose mailbox or archive a store is. */
export const ownerOf = (organisation: Organisation, { guid }: Mailbox): Person | undefined =>
  organisation.people.find(person => person.mailboxGuid === guid || person.archiveGuid === guid)

export const personByAddress = (organisation: Organisation, address: string): Person | undefined =>
  organisation.people.find(person => hasSmtpAddress(person, address))
