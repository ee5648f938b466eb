import { isError, MailferryError } from '../../../domain/errors.ts'
import { candidateHosts, urlAt } from './candidates.ts'
import { dnsHosts } from './dnsHosts.ts'
import { type Asking, fetchOnce } from './fetchOnce.ts'
import { type JsonAnswer, jsonPath, parseJson } from './json.ts'
import { poxRequest } from './pox.ts'

/** Where discovery leads that shows nobody a secret. */
export interface Lead {
  /** Whose Autodiscover answers, `host` or `host:port`. */
  readonly autodiscover: string
  /** Where that says EWS is; only version 2 says it without credentials. */
  readonly ews?: string
  /** It knows no mailbox of that address. */
  readonly unknown?: true
}

export interface LeadOptions extends Asking {
  readonly domain: string
  readonly at?: string | undefined
  /** Whose server is looked for. */
  readonly address: string
}

/**
 * Follows discovery without credentials; nothing where nobody answers. Redirects may lead anywhere: that is what is to be found out. But whoever stands between may
 * redirect plain HTTP, as a hotel's network does to its own page: where that leads counts only if Autodiscover answers there, by a certificate that is trusted.
 */
export async function leadsTo(options: LeadOptions): Promise<Lead | undefined> {
  for (const host of candidateHosts(options.domain, options.at)) {
    const lead = await quietly(() => leadOf(options, host))
    if (lead) return lead
  }
  for await (const host of quietHosts(options)) {
    const lead = await quietly(() => leadOf(options, host))
    if (lead) return lead
  }
  return undefined
}

async function leadOf(options: LeadOptions, host: string): Promise<Lead | undefined> {
  const answer = await askJson(options, host, options.address)
  switch (answer.kind) {
    case 'url':
      return { autodiscover: host, ews: new URL(answer.url).host }
    case 'redirect': {
      const to = URL.parse(answer.to, `https://${host}`)
      if (to !== null && to.host !== host && /autodiscover/i.test(to.pathname)) return { autodiscover: to.host }
      break
    }
    case 'unknown':
      return { autodiscover: host, unknown: true }
    case 'none':
      break
  }
  const url = new URL(urlAt(host, 'pox'))
  const { status, location } = await fetchOnce(options, url, { method: 'POST', body: [poxRequest(options.address)] })
  const to = location === undefined ? null : URL.parse(location, url.href)
  if (to !== null && /autodiscover/i.test(to.pathname)) return { autodiscover: to.host }
  return status === 401 ? { autodiscover: host } : undefined
}

/** Version 2 of Autodiscover at one host. Throws as `fetchOnce` does. */
export async function askJson(asking: Asking, host: string, address: string): Promise<JsonAnswer> {
  const { status, location, body } = await fetchOnce(asking, new URL(`https://${host}${jsonPath(address)}`), { method: 'GET' })
  return parseJson(status, location, body)
}

/** A host that fails leads nowhere. */
async function quietly<Result>(run: () => Promise<Result>): Promise<Result | undefined> {
  try {
    return await run()
  } catch (error) {
    if (error instanceof MailferryError && !isError(error, 'stopped')) return undefined
    throw error
  }
}

/** A redirect from plain HTTP to plain HTTP proves nothing. */
async function* quietHosts(options: LeadOptions): AsyncGenerator<string, void> {
  try {
    yield* dnsHosts(options, options.domain, [])
  } catch (error) {
    if (!isError(error, 'autodiscover.insecure')) throw error
  }
}
