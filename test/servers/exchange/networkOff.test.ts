import assert from 'node:assert/strict'
import type { Connection, ExchangeSettings, Recorded } from '../../../src/domain/connection.ts'
import { asConnectionId } from '../../../src/domain/ids.ts'
import { judge } from '../../../src/domain/staleness.ts'
import { exchangeServer } from '../../../src/servers/exchange/exchangeServer.ts'
import type { Network } from '../../../src/servers/http/connectSocket.ts'
import type { TestCertificate } from '../../support/certificate.ts'
import { freePort } from '../../support/freePort.ts'
import { never } from '../imap/support.ts'
import { certificateFor, networkOf, type Serve, webServer } from './support.ts'

const recorded: Recorded = {
  at: '2026-01-01T00:00:00.000Z',
  organisation: 'f0f0',
  acceptedDomains: ['corp.example'],
  adminAddress: 'admin@corp.example',
  address: 'https://mail.corp.example/EWS/Exchange.asmx',
  discovered: 'mail.corp.example',
}

/** As it was found, and as it was typed; both were verified. */
const servers: Readonly<Record<string, ExchangeSettings['server']>> = {
  'by Autodiscover': { by: 'autodiscover', domain: 'corp.example' },
  'by its host': { by: 'host', host: 'mail.corp.example' },
}

/** All names that a check may ask for, the hotel's among them. */
const names = ['mail.corp.example', 'corp.example', 'autodiscover.corp.example', 'hotel.example']

const page =
  (status: number, headers: Readonly<Record<string, string>> = {}): Serve =>
  (_request, response) =>
    response.writeHead(status, { 'content-type': 'text/html', ...headers }).end('<html>Welcome to our network</html>')
const portal = (path: string): Serve => page(302, { location: `https://hotel.example${path}` })
const cut: Serve = request => request.socket.destroy()

/** What answers in place of everybody, over HTTPS and over plain HTTP. */
const pages: Readonly<Record<string, readonly [secure: Serve, plain: Serve]>> = {
  'every connection breaks off': [cut, cut],
  'a proxy shows its page': [page(200), page(200)],
  'a proxy wants to be signed in to': [page(407), page(407)],
  'a proxy forbids it': [page(403), page(403)],
  'a gateway gets no answer': [page(502), page(504)],
  'a load balancer has no server': [page(503), page(503)],
  'a server fails': [page(500), page(500)],
  'a hotel leads to its own page': [page(200), portal('/welcome?from=autodiscover.xml')],
  'a hotel leads to its own page, the path kept': [page(200), portal('/autodiscover/autodiscover.xml')],
  'a hotel leads everything to its own page': [portal('/welcome'), portal('/welcome')],
}

describe('an Exchange connection while the network is off', () => {
  let certificate: TestCertificate
  before(async () => {
    certificate = await certificateFor(...names)
  })

  async function check(server: ExchangeSettings['server'], { resolver }: Network, trusting: { readonly caFile: string } = certificate) {
    const settings: ExchangeSettings = {
      kind: 'exchange',
      server,
      trust: { caFile: trusting.caFile },
      admin: { user: 'admin@corp.example', method: 'basic', access: 'impersonation' },
    }
    const verification = { state: 'verified', recorded } as const
    const connection: Connection<ExchangeSettings> = { id: asConnectionId('0'), name: 'Old', role: 'source', settings, verification }
    const mailServer = exchangeServer({ connection, secrets: { secretFor: async () => ({ password: 'p' }) }, resolver })
    const verdict = judge(connection, { at: '2026-02-01T00:00:00.000Z', ...(await mailServer.observe(recorded, never)) })
    assert.ok('state' in verdict, JSON.stringify(verdict))
    assert.equal(verdict.state, 'unreachable', JSON.stringify(verdict))
  }

  for (const [found, server] of Object.entries(servers)) {
    for (const [what, [secure, plain]] of Object.entries(pages)) {
      it(`found ${found} is unreachable, not stale, where ${what}`, async () => {
        await using over = await webServer(secure, certificate)
        await using beside = await webServer(plain)
        const hosts = names.flatMap(name => [[name, over.port] as const, [`${name}:80`, beside.port] as const])
        await check(server, networkOf(Object.fromEntries(hosts)))
      })
    }

    it(`found ${found} is unreachable, not stale, where no name has an address`, () => check(server, networkOf({})))

    it(`found ${found} is unreachable, not stale, where nobody listens`, async () => {
      const port = await freePort()
      await check(server, networkOf(Object.fromEntries(names.flatMap(name => [[name, port] as const, [`${name}:80`, port] as const]))))
    })

    it(`found ${found} is unreachable, not stale, where another certificate is shown`, async () => {
      await using over = await webServer(page(401), certificate)
      await using beside = await webServer(portal('/autodiscover/autodiscover.xml'))
      const hosts = names.flatMap(name => [[name, over.port] as const, [`${name}:80`, beside.port] as const])
      await check(server, networkOf(Object.fromEntries(hosts)), await certificateFor('other.example'))
    })
  }
})
