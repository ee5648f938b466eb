import { createAuthority } from './certificates.ts'
import type { Person } from './exchange/directory.ts'
import { mailboxOf, type Organisation } from './exchange/organisation.ts'
import { deliver } from './exchange/store/storeMessage.ts'
import { type DiscoveryFront, startDiscovery } from './http/discoveryFront.ts'
import { type DomainMoved, moveDomain } from './moveDomain.ts'
import type { Random } from './random.ts'
import { fillCompany } from './seed/fillCompany.ts'
import { newMail, newMailRandom } from './seed/newMail.ts'
import { companyPeople, type SeedPerson } from './seed/people.ts'
import { exchangeSide, type OrganisationSetUp, type SandboxSide } from './sides/exchangeSide.ts'
import type { Side, StartSide } from './sides/side.ts'

export type { OrganisationSetUp, SandboxSide } from './sides/exchangeSide.ts'

/** What both organisations have in common. */
export interface WorldOptions {
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
}

export interface SandboxOptions extends WorldOptions {
  readonly leaving?: OrganisationSetUp
  readonly receiving?: OrganisationSetUp
}

/** Two organisations on this machine: one that people leave, one that receives them, and what stands for DNS. */
export interface Sandbox<Leaving extends Side = SandboxSide, Receiving extends Side = SandboxSide> extends AsyncDisposable {
  readonly caCert: string
  readonly domain: string
  readonly leaving: Leaving
  readonly receiving: Receiving
  readonly discovery: DiscoveryFront
  /** Milliseconds that both organisations' clocks are ahead of the machine's; may be changed. */
  readonly clock: { aheadMilliseconds: number }
  /** The side that has the domain at the moment. */
  domainOwner(): Leaving | Receiving
  /** Lets new messages arrive for people of the domain, wherever it is; answers the address of each. */
  deliver(count: number): string[]
  /** Moves the domain from the leaving to the receiving organisation; the receiving one's administrator is renamed too unless told not to. */
  moveDomain(options?: { readonly keepReceivingAdmin?: boolean }): DomainMoved
}

const adminName: SeedPerson = { displayName: 'Mail Administrator', local: 'admin', password: 'Ferry-0-admin' }

/** Two Exchange organisations, in one call; disposing of it ends everything. */
export const startSandbox = (options: SandboxOptions = {}): Promise<Sandbox> =>
  startWorld(options, exchangeSide(options.leaving), exchangeSide(options.receiving))

/** The same of any two kinds: `startWorld({}, exchangeSide(), office365Side())`. */
export async function startWorld<Leaving extends Side, Receiving extends Side>(
  options: WorldOptions,
  startLeaving: StartSide<Leaving>,
  startReceiving: StartSide<Receiving>,
): Promise<Sandbox<Leaving, Receiving>> {
  const { seed = 1, people = 10, domain = 'fabrikam.test', host = '127.0.0.1' } = options
  const authority = await createAuthority()
  const clock = { aheadMilliseconds: 0 }
  const certificate = () => authority.issue({ names: [host, 'localhost', `mail.${domain}`, `autodiscover.${domain}`] })
  const staff = [adminName, ...companyPeople(seed, people)]
  const ground = { staff, host, certificate, now: () => Date.now() + clock.aheadMilliseconds }
  await using stack = new AsyncDisposableStack()

  const leaving = stack.use(await startLeaving({ ...ground, name: 'Fabrikam', domain }))
  const receiving = stack.use(await startReceiving({ ...ground, name: 'Northwind', domain: undefined }))
  const sites = [leaving.exchange.site, receiving.exchange.site]
  const discovery = stack.use(await startDiscovery(sites, { certificate: await certificate(), host }))
  if (options.messagesEach !== undefined)
    await fillCompany(leaving, staff.slice(1), { seed, messagesEach: options.messagesEach, scale: options.scale ?? 0.01 })
  const random = newMailRandom(seed)
  const domainOwner = (): Leaving | Receiving => (leaving.organisation.acceptedDomains.has(domain) ? leaving : receiving)
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
