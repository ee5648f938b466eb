import { MailferryError } from '../../../domain/errors.ts'
import type { SignIn } from '../signIn/signIn.ts'
import { type Flavour, urlAt } from './candidates.ts'
import { type Asking, type Fetched, fetchOnce } from './fetchOnce.ts'
import { parsePox, poxRequest } from './pox.ts'
import { parseSoap, soapRequest } from './soap.ts'
import type { AutodiscoverAnswer } from './userSettings.ts'

/** Asks one host's Autodiscover about an address: SOAP, then POX, as Exchange's own clients prefer them. Throws as `fetchOnce` does. */
export async function askHost(asking: Asking, host: string, address: string, signIn: SignIn): Promise<AutodiscoverAnswer> {
  const soap = await askUrl(asking, urlAt(host, 'soap'), address, signIn)
  return soap.kind === 'failed' ? askUrl(asking, urlAt(host, 'pox'), address, signIn) : soap
}

/** Asks at one URL, whose ending tells the flavour. */
export async function askUrl(asking: Asking, url: string, address: string, signIn: SignIn): Promise<AutodiscoverAnswer> {
  const to = new URL(url)
  if (to.protocol !== 'https:') throw new MailferryError('autodiscover.insecure', { address, host: to.host })
  const flavour: Flavour = to.pathname.toLowerCase().endsWith('.svc') ? 'soap' : 'pox'
  const body = flavour === 'soap' ? soapRequest(address, url) : poxRequest(address)
  return understand(flavour, await fetchOnce(asking, to, { method: 'POST', body: [body] }, signIn), to)
}

function understand(flavour: Flavour, { status, location, body }: Fetched, asked: URL): AutodiscoverAnswer {
  if (status >= 300 && status < 400 && location !== undefined) {
    const to = URL.parse(location, asked.href)
    // Sent to a sign-in page of the web client, a client has found no Autodiscover.
    if (to !== null && /autodiscover/i.test(to.pathname)) return { kind: 'redirectUrl', url: to.href }
    return { kind: 'failed', reason: `HTTP ${status} to ${to?.host ?? 'nowhere'}` }
  }
  const answer = flavour === 'soap' ? parseSoap(body) : parsePox(body)
  if (answer) return answer
  if (status !== 200) return { kind: 'failed', reason: `HTTP ${status}` }
  return {
    kind: 'failed',
    reason: /<html/i.test(body.toString('latin1', 0, 2000)) ? 'answers with a web page' : 'answers with something else',
  }
}
