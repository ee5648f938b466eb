import { createAuthority } from './certificates.ts'
import type { Person } from './exchange/directory.ts'
import {
  addPerson,
  createOrganisation,
  giveMailbox,
  mailboxOf,
  type Organisation,
  type OrganisationOptions,
} from './exchange/organisation.ts'
import { deliver } from './exchange/store/storeMessage.ts'
import { type DiscoveryFront, startDiscovery } from './http/discoveryFront.ts'
import { type ExchangeFront, type FrontOptions, startExchangeFront } from './http/exchangeFront.ts'
import { type DomainMoved, moveDomain } from './moveDomain.ts'
import type { Random } from './random.ts'
import { fillCompany } from './seed/fillCompany.ts'
import { newMail, newMailRandom } from './seed/newMail.ts'
import { companyPeople, type SeedPerson } from './seed/people.ts'

export interface OrganisationSetUp {
  readonly organisation?: Partial<OrganisationOptions>
  readonly front?: Partial<FrontOptions>
}

export interface SandboxOptions {
  /** Decides who works there, and everything else that is left to chance. */
  readonly seed?: number
  /** Mailboxes of each side, beside the administrator's. */
  readonly people?: number
  /** The domain that both companies want to have in the end. */
  readonly domain?: string
  readonly host?: string
  /** Messages in each mailbox of the leaving organisation, more or less. None unless said. */
  readonly messagesEach?: number
  /** Sizes of attachments by this factor; 1 is real mail. A hundredth unless said. */
  readonly scale?: number
  readonly leaving?: OrganisationSetUp
  readonly receiving?: OrganisationSetUp
}

export interface SandboxSide extends ExchangeFront {
  readonly organisation: Organisation
  /** Signs in to open everybody's mailbox: ApplicationImpersonation. */
  readonly admin: Person
  /** Everybody with a mailbox but the administrator, in the same order on both sides. */
  readonly people: readonly Person[]
  /** The domain that always is this organisation's own. */
  readonly ownDomain: string
}

/** Two Exchange organisations on this machine: one that people leave, one that receives them, and what stands for DNS. */
export interface Sandbox extends AsyncDisposable {
  readonly caCert: string
  readonly domain: string
  readonly leaving: SandboxSide
  readonly receiving: SandboxSide
  readonly discovery: DiscoveryFront
  /** Milliseconds that both organisations' clocks are ahead of the machine's; may be changed. */
  readonly clock: { aheadMilliseconds: number }
  /** The side that has the domain at the moment. */
  domainOwner(): SandboxSide
  /** Lets new messages arrive for people of the domain, wherever it is; answers the address of each. */
  deliver(count: number): string[]
  /** Moves the domain from the leaving to the receiving organisation; the receiving one's administrator is renamed too unless told not to. */
  moveDomain(options?: { readonly keepReceivingAdmin?: boolean }): DomainMoved
}

const adminName: SeedPerson = { displayName: 'Mail Administrator', local: 'admin', password: 'Ferry-0-admin' }

/** Starts everything in one call; disposing of it ends everything. */
export async function startSandbox(options: SandboxOptions = {}): Promise<Sandbox> {
  const { seed = 1, people = 10, domain = 'fabrikam.test', host = '127.0.0.1' } = options
  const authority = await createAuthority()
  const clock = { aheadMilliseconds: 0 }
  const certificate = () => authority.issue({ names: [host, 'localhost', `mail.${domain}`, `autodiscover.${domain}`] })
  const staff = [adminName, ...companyPeople(seed, people)]
  await using stack = new AsyncDisposableStack()

  const startSide = async (
    name: string,
    domains: readonly string[],
    { organisation: own, front }: OrganisationSetUp = {},
  ): Promise<SandboxSide> => {
    const organisation = createOrganisation({ name, acceptedDomains: domains, now: () => Date.now() + clock.aheadMilliseconds, ...own })
    const all = staff.map(person => enrol(organisation, person, domains[0] ?? ''))
    const started = stack.use(await startExchangeFront(organisation, { certificate: await certificate(), host, ...front }))
    const [admin, ...others] = all
    if (admin === undefined) throw new Error('An organisation without an administrator')
    admin.roles.add('ApplicationImpersonation')
    return { ...started, organisation, admin, people: others, ownDomain: domains.at(-1) ?? '' }
  }

  const leaving = await startSide('Fabrikam', [domain, 'fabrikam-old.test'], options.leaving)
  const receiving = await startSide('Northwind', ['northwind.test'], options.receiving)
  const discovery = stack.use(await startDiscovery([leaving.site, receiving.site], { certificate: await certificate(), host }))
  if (options.messagesEach !== undefined)
    await fillCompany(leaving, staff.slice(1), { seed, messagesEach: options.messagesEach, scale: options.scale ?? 0.01 })
  const random = newMailRandom(seed)
  const domainOwner = (): SandboxSide => (leaving.organisation.acceptedDomains.has(domain) ? leaving : receiving)
  const running = stack.move()

  return {
    caCert: authority.caCert,
    domain,
    leaving,
    receiving,
    discovery,
    clock,
    domainOwner,
    deliver: count =>
      Array.from({ length: count }, () => {
        const { organisation, people: staffed } = domainOwner()
        return deliverTo(organisation, staffed[random.between(0, staffed.length - 1)], random)
      }),
    moveDomain: ({ keepReceivingAdmin = false } = {}) =>
      moveDomain({
        domain,
        from: leaving.organisation,
        to: receiving.organisation,
        fallback: leaving.ownDomain,
        takesOver: person => !(keepReceivingAdmin && person === receiving.admin),
      }),
    [Symbol.asyncDispose]: () => running.disposeAsync(),
  }
}

function deliverTo(organisation: Organisation, person: Person | undefined, random: Random): string {
  const mailbox = person && mailboxOf(organisation, person)
  if (person === undefined || mailbox === undefined) throw new Error('Nobody with a mailbox works there')
  const now = organisation.now()
  deliver(mailbox, newMail(random, { name: person.displayName, address: person.primarySmtpAddress }, new Date(now)), now)
  return person.primarySmtpAddress
}

/** People have another password in each organisation, so that a test sees which of the two a secret was sent to. */
function enrol(organisation: Organisation, { local, language = 'en', password, ...rest }: SeedPerson, domain: string): Person {
  const primarySmtpAddress = `${local}@${domain}`
  const person = addPerson(organisation, { ...rest, primarySmtpAddress, password: `${password}-${organisation.name}` })
  giveMailbox(organisation, person, { language })
  return person
}
