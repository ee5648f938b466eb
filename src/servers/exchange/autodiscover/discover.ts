import { domainOf, hostKey } from '../../../domain/addresses.ts'
import { isError, MailferryError } from '../../../domain/errors.ts'
import type { SignIn } from '../signIn/signIn.ts'
import { askHost, askUrl } from './askHost.ts'
import { candidateHosts } from './candidates.ts'
import { dnsHosts } from './dnsHosts.ts'
import type { Asking } from './fetchOnce.ts'
import { isMicrosofts, isOwnHost, type Own } from './ownHost.ts'
import type { AutodiscoverAnswer, UserSettings } from './userSettings.ts'

export interface Discovered {
  readonly settings: UserSettings
  /** Whose Autodiscover answered, `host` or `host:port`: the one to ask about others. */
  readonly host: string
}

export interface DiscoverOptions extends Asking {
  readonly own: Omit<Own, 'user'>
  readonly signIn: SignIn
}

/** Outlook gives up after ten. */
const mostRedirects = 10

/**
 * Finds the settings of an address as Exchange's clients do (MS-OXDISCO 3.1.5): the domain's own hosts, then the redirect over plain HTTP and the SRV
 * record, which are asked without credentials and followed only to HTTPS and to hosts of the company.
 *
 * Throws `autodiscover.*`; `signIn.*` at the first refusal; and where every host fails the same way, that.
 */
export async function discover(options: DiscoverOptions, address: string): Promise<Discovered> {
  const { domain, at } = options.own
  const tried: Tried[] = []
  for (const host of candidateHosts(domain, at)) {
    const found = await attempt(tried, host, () => follow(options, address, host))
    if (found) return found
  }
  for await (const host of dnsHosts(options, domain, tried)) {
    const found = await attempt(tried, host, () => {
      if (!isOwnHost(host, ownOf(options))) throw new MailferryError('autodiscover.elsewhere', { address, host })
      return follow(options, address, host)
    })
    if (found) return found
  }
  throw mostTelling(domain, tried)
}

export interface Tried {
  readonly host: string
  readonly error: MailferryError
}

async function attempt(tried: Tried[], host: string, run: () => Promise<Discovered>): Promise<Discovered | undefined> {
  try {
    return await run()
  } catch (error) {
    if (!(error instanceof MailferryError) || final(error)) throw error
    tried.push({ host, error })
    return undefined
  }
}

/** What no other host can better: a secret that was refused isn't shown around, and whoever lives elsewhere does so for all. */
const final = (error: MailferryError): boolean =>
  isError(error, 'signIn.refused', 'signIn.expired', 'signIn.locked', 'signIn.stopped', 'stopped', 'internal') ||
  isError(error, 'autodiscover.elsewhere', 'autodiscover.loop', 'autodiscover.insecure')

interface Step {
  readonly host: string
  readonly address: string
  readonly ask: () => Promise<AutodiscoverAnswer>
}

/** Follows what a host answers to the settings; a redirect never takes the credentials out of the company. */
async function follow(options: DiscoverOptions, first: string, from: string): Promise<Discovered> {
  const seen = new Set<string>()
  let step = stepTo(options, from, first)
  for (;;) {
    const answer = await step.ask()
    if (answer.kind === 'settings') return settled(answer.settings, step)
    if (answer.kind === 'failed') {
      throw new MailferryError('autodiscover.failed', { domain: options.own.domain, tried: [`${step.host}: ${answer.reason}`] })
    }
    if (answer.kind === 'unknown') {
      step = nextFor(options, first, step, seen)
      continue
    }
    const target = answer.kind === 'redirectAddress' ? answer.address.toLowerCase() : answer.url
    if (seen.has(target) || seen.size >= mostRedirects) throw new MailferryError('autodiscover.loop', { address: first, at: target })
    seen.add(target)
    step = answer.kind === 'redirectAddress' ? toAddress(options, first, step, answer.address) : toUrl(options, first, step, answer.url)
  }
}

const stepTo = (options: DiscoverOptions, host: string, address: string): Step => ({
  host,
  address,
  ask: () => askHost(options, host, address, options.signIn),
})

/** An alias leads to the primary address in the same organisation, so the same server is asked first: it has seen the secret already. */
function toAddress(options: DiscoverOptions, first: string, { host }: Step, address: string): Step {
  const domain = domainOf(address)
  if (domain === undefined || isMicrosofts(domain))
    throw new MailferryError('autodiscover.elsewhere', { address: first, host: domain ?? address })
  return stepTo(options, host, address)
}

function toUrl(options: DiscoverOptions, first: string, { address }: Step, url: string): Step {
  const to = URL.parse(url)
  const host = to?.host ?? url
  if (to === null || !isOwnHost(host, ownOf(options))) throw new MailferryError('autodiscover.elsewhere', { address: first, host })
  if (to.protocol !== 'https:') throw new MailferryError('autodiscover.insecure', { address: first, host })
  return { host, address, ask: () => askUrl(options, url, address, options.signIn) }
}

/** Whom a server sent on by address and doesn't know itself lives in another forest of the company, or in another company. */
function nextFor(options: DiscoverOptions, first: string, { host, address }: Step, seen: Set<string>): Step {
  if (address === first) throw new MailferryError('autodiscover.unknown', { address, host })
  const next = `autodiscover.${domainOf(address)}`
  if (!isOwnHost(next, ownOf(options))) throw new MailferryError('autodiscover.elsewhere', { address: first, host: next })
  if (seen.has(next)) throw new MailferryError('autodiscover.unknown', { address, host })
  seen.add(next)
  return stepTo(options, next, address)
}

function settled(settings: UserSettings, { address, host }: Step): Discovered {
  const ews = URL.parse(settings.ewsUrl ?? '')
  if (ews !== null && isMicrosofts(ews.hostname)) throw new MailferryError('autodiscover.elsewhere', { address, host: ews.host })
  if (ews !== null && ews.protocol !== 'https:') throw new MailferryError('autodiscover.insecure', { address, host: ews.host })
  return { settings, host }
}

const ownOf = ({ own, signIn }: DiscoverOptions): Own => ({ ...own, user: signIn.user })

/** One error for all that were asked: what says most, and else the list. */
function mostTelling(domain: string, tried: readonly Tried[]): MailferryError {
  const unknown = tried.find(({ error }) => isError(error, 'autodiscover.unknown'))
  const untrusted = tried.findLast(({ error }) => isError(error, 'tls.untrusted', 'tls.caFile'))
  if (unknown ?? untrusted) return (unknown ?? untrusted)?.error ?? failed(domain, tried)
  return failed(domain, tried)
}

const failed = (domain: string, tried: readonly Tried[]): MailferryError =>
  new MailferryError('autodiscover.failed', {
    domain: hostKey(domain),
    tried: tried.flatMap(({ host, error }) => (isError(error, 'autodiscover.failed') ? error.params.tried : [`${host}: ${error.code}`])),
  })
