import { domainOf } from '../../../domain/addresses.ts'
import { MailferryError } from '../../../domain/errors.ts'
import type { Check } from '../../mailServer.ts'
import { typedUrl } from '../access.ts'
import { leadsTo } from '../autodiscover/leadsTo.ts'
import type { UserSettings } from '../autodiscover/userSettings.ts'
import { blames, fail, ourError, type Verifying } from './verifying.ts'

export interface FoundServer {
  readonly url: string
  /** What Autodiscover told of the one it was asked about. */
  readonly settings?: UserSettings
  /** Where discovery without credentials leads, to be compared with later. */
  readonly discovered?: string
}

/** Finds EWS; checks `discovery`. */
export async function* findServer(verifying: Verifying): AsyncGenerator<Check, FoundServer | undefined> {
  const { access, admin, mailbox, signIn, signal } = verifying
  const { server } = access.connection.settings
  if (server.by !== 'autodiscover') {
    const url = typedUrl(server)
    if (URL.parse(url)?.protocol !== 'https:') return yield* fail('address', url, notHttps(url))
    yield { name: 'discovery', state: 'skipped', detail: `EWS is at ${url}, as the connection says` }
    return { url }
  }
  const address = [admin.user, mailbox].find(text => text?.includes('@'))
  const detail = `for ${server.domain}`
  if (address === undefined) {
    const unknown = new MailferryError('autodiscover.unknown', { address: admin.user, host: server.domain })
    return yield* fail('discovery', detail, unknown)
  }
  try {
    const { settings, host } = await discoverEither([address, ...(mailbox === undefined ? [] : [mailbox])], verifying)
    if (settings.ewsUrl === undefined) {
      const error = new MailferryError('autodiscover.failed', { domain: server.domain, tried: [`${host}: names no EWS address`] })
      return yield* fail('discovery', detail, error)
    }
    const lead = await leadsTo({ ...access.asking(signal), domain: server.domain, at: server.at, address })
    yield { name: 'discovery', state: 'passed', detail: `Autodiscover of ${host} leads to ${settings.ewsUrl}` }
    const discovered = lead?.ews ?? lead?.autodiscover
    return { url: settings.ewsUrl, settings, ...(discovered !== undefined && { discovered }) }
  } catch (error) {
    const ours = ourError(error, verifying, 'Autodiscover', server.at ?? domainOf(signIn.user) ?? server.domain)
    return yield* fail(blames(ours, 'discovery'), detail, ours)
  }
}

/** The admin may have no mailbox, or a user name that is no e-mail address; then the mailbox that was named is asked for. */
async function discoverEither([first = '', ...rest]: readonly string[], verifying: Verifying): ReturnType<Verifying['access']['discover']> {
  const { access, signIn, signal } = verifying
  try {
    return await access.discover(first, signIn, signal)
  } catch (error) {
    const [second] = rest.filter(address => address !== first)
    if (second === undefined || !(error instanceof MailferryError) || error.code !== 'autodiscover.unknown') throw error
    return access.discover(second, signIn, signal)
  }
}

function notHttps(url: string): MailferryError {
  const parsed = URL.parse(url)
  if (parsed === null) return new MailferryError('host.notFound', { host: url })
  return new MailferryError('tls.plaintextRefused', { host: parsed.hostname, port: Number(parsed.port || 80) })
}
