import type { IncomingHttpHeaders } from 'node:http'
import { Agent, request } from 'node:https'
import { type Authority, type CertificateRequest, createAuthority } from '../../src/sandbox/certificates.ts'
import { addPerson, createOrganisation, giveMailbox, type OrganisationOptions } from '../../src/sandbox/exchange/organisation.ts'
import { type ExchangeFront, startExchangeFront } from '../../src/sandbox/http/exchangeFront.ts'
import type { SiteOptions } from '../../src/sandbox/http/site.ts'
import { type NtlmAnswer, ntlmAuthenticate, ntlmNegotiate } from '../support/ntlmClient.ts'

export interface Reply {
  readonly status: number
  readonly headers: IncomingHttpHeaders
  readonly bytes: Buffer
  readonly body: string
}

export interface Ask {
  readonly method?: string
  readonly headers?: Record<string, string>
  readonly body?: string
}

/** One connection to a server, kept open between requests. */
export interface Line extends Disposable {
  ask(url: string, ask?: Ask): Promise<Reply>
  /** Signs the connection in by NTLM; answers what the last message was answered with. */
  ntlm(url: string, answer: NtlmAnswer, ask?: Ask): Promise<Reply>
}

export function openLine(ca: string, tls: object = {}): Line {
  const agent = new Agent({ keepAlive: true, maxSockets: 1, ca, ...tls })
  const ask = (url: string, { method = 'POST', headers = {}, body = '' }: Ask = {}): Promise<Reply> =>
    new Promise((resolve, reject) => {
      const sent = request(url, { method, agent, headers: { 'content-length': Buffer.byteLength(body), ...headers } }, response => {
        const chunks: Buffer[] = []
        response.on('data', chunk => chunks.push(chunk))
        response.on('error', reject)
        response.on('end', () => {
          const bytes = Buffer.concat(chunks)
          resolve({ status: response.statusCode ?? 0, headers: response.headers, bytes, body: bytes.toString() })
        })
      })
      sent.on('error', reject)
      sent.end(body)
    })
  return {
    ask,
    async ntlm(url, answer, last = {}) {
      const negotiate = ntlmNegotiate()
      const challenged = await ask(url, { headers: { authorization: `NTLM ${negotiate.toString('base64')}` } })
      const challenge = Buffer.from(/^NTLM (.+)/.exec(challenged.headers['www-authenticate'] ?? '')?.[1] ?? '', 'base64')
      const authorization = `NTLM ${ntlmAuthenticate(negotiate, challenge, answer).toString('base64')}`
      return await ask(url, { ...last, headers: { ...last.headers, authorization } })
    },
    [Symbol.dispose]: () => agent.destroy(),
  }
}

export const basic = (user: string, password: string): { authorization: string } => ({
  authorization: `Basic ${Buffer.from(`${user}:${password}`).toString('base64')}`,
})

let shared: Promise<Authority> | undefined

/** One authority for all tests of the process. */
export const testAuthority = (): Promise<Authority> => {
  shared ??= createAuthority()
  return shared
}

export interface TestFront extends ExchangeFront {
  readonly ca: string
}

/** Fabrikam with two people, Anna (password `Sommer!7`) and Ben (`Winter?8`), at fabrikam.test. */
export async function fabrikam(
  options: SiteOptions & { certificate?: Partial<CertificateRequest>; organisation?: Partial<OrganisationOptions>; oldTls?: boolean } = {},
): Promise<TestFront> {
  const organisation = createOrganisation({ name: 'Fabrikam', acceptedDomains: ['fabrikam.test'], ...options.organisation })
  for (const [displayName, local, password] of [
    ['Anna Weiß', 'anna', 'Sommer!7'],
    ['Ben Carter', 'ben', 'Winter?8'],
  ] as const)
    giveMailbox(organisation, addPerson(organisation, { displayName, primarySmtpAddress: `${local}@fabrikam.test`, password }))
  const authority = await testAuthority()
  const certificate = await authority.issue({ names: ['127.0.0.1', 'localhost'], ...options.certificate })
  const front = await startExchangeFront(organisation, { ...options, certificate })
  return { ...front, ca: authority.caCert }
}
