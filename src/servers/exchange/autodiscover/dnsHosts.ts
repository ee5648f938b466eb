import { MailferryError } from '../../../domain/errors.ts'
import { redirectHost, srvName } from './candidates.ts'
import { type Asking, fetchOnce } from './fetchOnce.ts'

/**
 * Hosts that DNS and plain HTTP lead to, found without credentials: where `http://autodiscover.<domain>` redirects to, and the SRV records, which are
 * HTTPS by definition. What fails on the way is told, and no reason to stop. Throws `autodiscover.insecure` for a redirect to plain HTTP.
 */
export async function* dnsHosts(
  asking: Asking,
  domain: string,
  tried: { readonly host: string; readonly error: MailferryError }[],
): AsyncGenerator<string, void> {
  const host = redirectHost(domain)
  try {
    const { status, location } = await fetchOnce(asking, new URL(`http://${host}/autodiscover/autodiscover.xml`), { method: 'GET' })
    const to = location === undefined ? null : URL.parse(location)
    if ((status === 301 || status === 302) && to !== null) {
      if (to.protocol !== 'https:') throw new MailferryError('autodiscover.insecure', { address: domain, host: to.host })
      yield to.host
    }
  } catch (error) {
    if (!(error instanceof MailferryError) || error.code === 'autodiscover.insecure' || error.code === 'stopped') throw error
    tried.push({ host: `http://${host}`, error })
  }
  const records = await asking.network.resolver.srv(srvName(domain))
  for (const { name, port } of records.toSorted((a, b) => a.priority - b.priority || b.weight - a.weight)) {
    yield port === 443 ? name : `${name}:${port}`
  }
}
