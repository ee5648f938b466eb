import type { Person } from '../exchange/directory.ts'
import { addPerson, createOrganisation, giveMailbox, type Organisation, type OrganisationOptions } from '../exchange/organisation.ts'
import { type ExchangeFront, type FrontOptions, startExchangeFront } from '../http/exchangeFront.ts'
import type { SeedPerson } from '../seed/people.ts'
import { passwordIn, type Side, type StartSide } from './side.ts'

export interface OrganisationSetUp {
  readonly organisation?: Partial<OrganisationOptions>
  readonly front?: Partial<FrontOptions>
}

/** An Exchange organisation; its administrator opens everybody's mailbox by ApplicationImpersonation. */
export interface SandboxSide extends Side, ExchangeFront {
  readonly kind: 'exchange'
}

/** On-premises Exchange, with a domain of its own beside the one that moves. */
export const exchangeSide =
  ({ organisation: own, front }: OrganisationSetUp = {}): StartSide<SandboxSide> =>
  async ({ name, domain, staff, host, certificate, now }) => {
    const ownDomain = domain === undefined ? `${name.toLowerCase()}.test` : `${name.toLowerCase()}-old.test`
    const acceptedDomains = domain === undefined ? [ownDomain] : [domain, ownDomain]
    const organisation = createOrganisation({ name, acceptedDomains, now, ...own })
    const [admin, ...people] = staff.map(person => enrol(organisation, person, domain ?? ownDomain))
    if (admin === undefined) throw new Error('An organisation without an administrator')
    admin.roles.add('ApplicationImpersonation')
    const exchange = await startExchangeFront(organisation, { certificate: await certificate(), host, ...front })
    return {
      ...exchange,
      kind: 'exchange',
      exchange,
      organisation,
      admin,
      people,
      ownDomain,
      answered: () => exchange.site.requests.length,
    }
  }

function enrol(organisation: Organisation, person: SeedPerson, domain: string): Person {
  const { local, language = 'en', ...rest } = person
  const password = passwordIn(organisation.name, person)
  const added = addPerson(organisation, { ...rest, primarySmtpAddress: `${local}@${domain}`, password })
  giveMailbox(organisation, added, { language })
  return added
}
