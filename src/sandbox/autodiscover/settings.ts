import type { Person } from '../exchange/directory.ts'
import type { Organisation } from '../exchange/organisation.ts'
import type { AutodiscoverSite } from './lookUp.ts'

/** What Autodiscover tells of a mailbox, by the names of `GetUserSettings`; what a server of this age doesn't have is left out. */
export function userSettings({ organisation, base }: AutodiscoverSite, person: Person, mailboxGuid: string): Map<string, string> {
  const server = mailboxServer(organisation, person, mailboxGuid)
  const serverDn = `/o=${organisation.exchangeOrganisation}/ou=Exchange Administrative Group (FYDIBOHF23SPDLT)/cn=Configuration/cn=Servers/cn=${server}`
  const { major, minor, majorBuild, minorBuild } = organisation.version
  return new Map([
    ['UserDisplayName', person.displayName],
    ['UserDN', person.legacyExchangeDN],
    ['UserDeploymentId', organisation.deploymentId],
    ['AutoDiscoverSMTPAddress', person.primarySmtpAddress],
    ['InternalMailboxServer', server],
    ['InternalMailboxServerDN', serverDn],
    // The DN of the database, not of the mailbox.
    ['MailboxDN', `${serverDn}/cn=Microsoft Private MDB`],
    ['InternalEwsUrl', `${base}/EWS/Exchange.asmx`],
    ['ExternalEwsUrl', `${base}/EWS/Exchange.asmx`],
    ['InternalOABUrl', `${base}/OAB/`],
    ['ExternalOABUrl', `${base}/OAB/`],
    ['ExternalEwsVersion', [major, minor, majorBuild, minorBuild].map(part => String(part).padStart(2, '0')).join('.')],
    ['EwsSupportedSchemas', 'Exchange2007, Exchange2007_SP1, Exchange2010, Exchange2010_SP1, Exchange2010_SP2, Exchange2013'],
    ['CasVersion', [major, minor, majorBuild, minorBuild].join('.')],
  ])
}

/** From 2013 on a mailbox's own GUID stands in for its server's name; before, it is a real one. */
const mailboxServer = (organisation: Organisation, person: Person, mailboxGuid: string): string =>
  organisation.version.major >= 15 ? `${mailboxGuid}@${person.primarySmtpAddress.split('@')[1] ?? ''}` : 'MBX1'
