import type { Kind } from '../connection.ts'
import type { StepId } from './step.ts'

export const titles: Readonly<Record<StepId, string>> = {
  testConnections: 'Test both connections',
  lastDelta: 'Run the last delta on the old names',
  lowerTtl: 'Lower the TTL of the MX records',
  whoUses: 'Find out who still uses the domain on the source',
  directorySync: 'Turn directory synchronisation off on the source',
  renameUsers: 'Give the source’s users other sign-in names (UPN)',
  removeAddresses: 'Take every address in the domain away from the source',
  removeDomain: 'Remove the domain from the source',
  addDomain: 'Add the domain to the target and verify it',
  giveAddresses: 'Give the target’s users their sign-in names and addresses',
  switchMx: 'Point MX to the target',
  autodiscover: 'Point Autodiscover to the target',
  declare: 'Declare the domain change',
  reconfigureSource: 'Reconfigure the source connection',
  reconfigureTarget: 'Reconfigure the target connection',
  refreshAddresses: 'Refresh email addresses',
  delta: 'Run a delta',
  verify: 'Verify',
  endMirroring: 'End the mirroring of deletions',
}

/** Shown where the side has a server of the kind. */
type Lines = Readonly<Partial<Record<Kind, readonly string[]>>>

interface How {
  readonly source?: Lines
  readonly target?: Lines
  readonly all?: readonly string[]
}

/** What to do at each step, and what is known to go wrong there. `DOMAIN` is filled in. */
const how: Readonly<Record<StepId, How>> = {
  testConnections: {
    all: [
      'What a test records is what proves, after the move, that a connection still leads to the same organisation.',
      'mailferry connection test NAME',
    ],
  },
  lastDelta: { all: ['What comes in later is carried over by the delta after the move.', 'mailferry job delta NAME'] },
  lowerTtl: {
    all: [
      'Days before: other servers keep the old MX for as long as its TTL said when they asked. 300 to 3600 seconds are usual.',
      'Have mail held or relayed meanwhile: between removing the domain and switching MX nobody takes it in.',
    ],
  },
  whoUses: {
    all: [
      'Groups, shared mailboxes, contacts, resources and addresses in subdomains count too, and aren’t in the jobs. Tick it when you know them all.',
    ],
    source: {
      exchange: ['Get-Recipient -ResultSize Unlimited | Where-Object { $_.EmailAddresses -like "*DOMAIN" }'],
      office365: [
        'Get-Recipient -ResultSize Unlimited | Where-Object { $_.EmailAddresses -like "*DOMAIN" }',
        'Get-MgDomainNameReference -DomainId DOMAIN   lists users, groups and applications that refer to it.',
      ],
      imap: ['The logins and aliases are in your mail server’s own tables.'],
    },
  },
  directorySync: {
    source: {
      office365: [
        'Only where accounts come from a directory on-premises: synchronised addresses can’t be changed in the cloud.',
        'Update-MgOrganization with OnPremisesSyncEnabled false; it can take up to 72 hours. Or change the names on-premises and let them synchronise.',
      ],
    },
  },
  renameUsers: {
    source: {
      office365: [
        'UPNs first: to NAME@TENANT.onmicrosoft.com, the administrators’ too. From here on nobody signs in by the old name.',
        'Update-MgUser -UserId OLD -UserPrincipalName NEW',
        'The account that consented to this or another tool’s application keeps its own domain until last, or it is locked out.',
      ],
      exchange: [
        'Give users another UPN suffix in Active Directory (Set-ADUser -UserPrincipalName), where they sign in by the domain.',
        'A service account that signs in by its short name (COMPANY\\user) isn’t touched by it.',
      ],
    },
  },
  removeAddresses: {
    source: {
      office365: [
        'Every address in the domain and its subdomains: users, shared mailboxes, groups, contacts, mail users, public folders.',
        'The primary address of a Microsoft 365 group has to be set to another one (Set-UnifiedGroup -PrimarySmtpAddress) before the old one goes.',
        'SIP addresses in the domain, and identifier URIs of applications, hold it too.',
      ],
      exchange: [
        'Change the email address policies first (Set-EmailAddressPolicy), or they give the addresses back.',
        'Then set other primary addresses and remove those in the domain: mailboxes, groups, contacts, public folders. Mailboxes that no policy governs (EmailAddressPolicyEnabled false) one by one.',
      ],
    },
  },
  removeDomain: {
    source: {
      office365: [
        'Remove-MgDomain -DomainId DOMAIN, or in the admin centre. Try again for a while: references vanish with delay, minutes to a day.',
        'forceDelete renames what is left, but fails above 1,000 objects and with multi-tenant applications, and its disableUserAccounts is true unless you say false: it disables the accounts it renames, also those that Mailferry reads with.',
        'Exchange’s own references have to be gone before forceDelete.',
      ],
      exchange: [
        'Remove-AcceptedDomain. Or make it an internal relay to the target, where the old server goes on sending mail to the domain.',
        'A domain that stays authoritative keeps mail between colleagues on the old server: nobody else sees it.',
      ],
      imap: [
        'Only when MX leads to the target, and no mail comes in any more: take the domain from the mail server’s list. Keep the logins for the last delta.',
      ],
    },
  },
  addDomain: {
    target: {
      office365: [
        'New-MgDomain, then the TXT record, then Confirm-MgDomain. It fails while another tenant has the domain.',
        'Test the connection afterwards: it records the accepted domains.',
      ],
      exchange: [
        'New-AcceptedDomain -DomainName DOMAIN -DomainType Authoritative. Test the connection afterwards: it records the accepted domains.',
      ],
      imap: ['Add the domain to the mail server’s list, and to what it takes mail in for.'],
    },
  },
  giveAddresses: {
    target: {
      office365: [
        'UPN and primary address in the domain (Update-MgUser, Set-Mailbox -WindowsEmailAddress), aliases after them.',
        'Licences take addresses in unverified domains away: verify first.',
      ],
      exchange: ['An email address policy for the domain (New-EmailAddressPolicy, Update-EmailAddressPolicy), or addresses one by one.'],
      imap: ['Logins and aliases in the domain.'],
    },
    all: ['Replies to old mail within the company need the old internal addresses too: mailferry job x500 NAME'],
  },
  switchMx: {
    target: {
      office365: [
        'MX as the admin centre names it (the domain with dashes, before .mail.protection.outlook.com or .mx.microsoft), SPF, DKIM and DMARC with it.',
      ],
      exchange: ['MX to the server, or the filter before it; SPF with it.'],
      imap: ['MX to the server that takes mail in for it; SPF with it.'],
    },
  },
  autodiscover: {
    source: {
      exchange: [
        'Clients within the old domain ask the service connection point first: Set-ClientAccessService -AutoDiscoverServiceInternalUri.',
      ],
    },
    target: {
      office365: ['autodiscover.DOMAIN as a CNAME to autodiscover.outlook.com.'],
      exchange: ['autodiscover.DOMAIN to the server, whose certificate has to name it.'],
    },
    all: ['Mailferry sends no secret where Autodiscover leads to since, until a person says so.'],
  },
  declare: {
    all: [
      'From here on, jobs of these connections aren’t started until each is reconfigured; it may be done as soon as the move begins.',
      'mailferry domain declare DOMAIN',
    ],
  },
  reconfigureSource: {
    all: ['The administrator’s new name, and the server’s address where it changed.', 'mailferry connection reconfigure NAME'],
  },
  reconfigureTarget: {
    all: ['The administrator’s new name, and the server’s address where it changed.', 'mailferry connection reconfigure NAME'],
  },
  refreshAddresses: {
    source: { imap: ['IMAP logins that changed are given in a CSV (old,new) with --csv, and proved by what lies in the mailboxes.'] },
    target: { imap: ['IMAP logins that changed are given in a CSV (old,new) with --csv, and proved by what lies in the mailboxes.'] },
    all: ['mailferry job refresh-addresses NAME'],
  },
  delta: { all: ['mailferry job delta NAME'] },
  verify: { all: ['mailferry job verify NAME'] },
  endMirroring: {
    all: ['Set "cutOver": true in the job’s plan: from then on people’s deletions at the old place delete nothing at the new one.'],
  },
}

/** What to do at a step, for the kinds of servers on both sides, in order and without repetition. */
export const howTo = (id: StepId, domain: string, sources: Iterable<Kind>, targets: Iterable<Kind>): readonly string[] => {
  const { source = {}, target = {}, all = [] } = how[id]
  const lines = [...[...sources].flatMap(kind => source[kind] ?? []), ...[...targets].flatMap(kind => target[kind] ?? []), ...all]
  return [...new Set(lines)].map(line => line.replaceAll('DOMAIN', domain))
}
