import assert from 'node:assert/strict'
import { type Discovered, discover } from '../../../src/servers/exchange/autodiscover/discover.ts'
import { parseJson } from '../../../src/servers/exchange/autodiscover/json.ts'
import { leadsTo } from '../../../src/servers/exchange/autodiscover/leadsTo.ts'
import { isOwnHost } from '../../../src/servers/exchange/autodiscover/ownHost.ts'
import { parsePox } from '../../../src/servers/exchange/autodiscover/pox.ts'
import { parseSoap } from '../../../src/servers/exchange/autodiscover/soap.ts'
import { signInWith } from '../../../src/servers/exchange/signIn/signIn.ts'
import type { SrvRecord } from '../../../src/servers/http/resolver.ts'
import { createSignInGuard } from '../../../src/servers/signInGuard.ts'
import type { TestCertificate } from '../../support/certificate.ts'
import { never, problemOf } from '../imap/support.ts'
import { ann, canary, certificateFor, networkOf, type Serve, type WebServer, webServer } from './support.ts'

const guid = '0b6d7c0e-4e0f-4d38-9a11-3f6c2f0e7a51'
const settings = {
  ewsUrl: 'https://mail.corp.example/EWS/Exchange.asmx',
  address: 'ann.marlow@corp.example',
  displayName: 'Ann & Co',
  legacyExchangeDN: '/o=Corp/cn=Recipients/cn=ann',
  deploymentId: 'f0f0',
  mailboxGuid: guid,
}

const poxSettings = `<?xml version="1.0" encoding="utf-8"?>
<Autodiscover xmlns="http://schemas.microsoft.com/exchange/autodiscover/responseschema/2006"><Response xmlns="http://schemas.microsoft.com/exchange/autodiscover/outlook/responseschema/2006a">
<User><DisplayName>Ann &amp; Co</DisplayName><LegacyDN>/o=Corp/cn=Recipients/cn=ann</LegacyDN><AutoDiscoverSMTPAddress>ann.marlow@corp.example</AutoDiscoverSMTPAddress><DeploymentId>f0f0</DeploymentId></User>
<Account><AccountType>email</AccountType><Action>settings</Action>
<Protocol><Type>EXCH</Type><Server>${guid.toUpperCase()}@corp.example</Server><EwsUrl>https://inside.corp.example/EWS/Exchange.asmx</EwsUrl></Protocol>
<Protocol><Type>EXPR</Type><Server>mail.corp.example</Server><EwsUrl>https://mail.corp.example/EWS/Exchange.asmx</EwsUrl></Protocol></Account></Response></Autodiscover>`
const pox = (inner: string) => `<Autodiscover><Response><Account>${inner}</Account></Response></Autodiscover>`
const poxError = (code: number) =>
  `<Autodiscover><Response><Error><ErrorCode>${code}</ErrorCode><Message>m</Message></Error></Response></Autodiscover>`

const soapAnswer = (inner: string) =>
  `<s:Envelope xmlns:s="http://schemas.xmlsoap.org/soap/envelope/"><s:Body><GetUserSettingsResponseMessage><Response><ErrorCode>NoError</ErrorCode><UserResponses><UserResponse>${inner}</UserResponse></UserResponses></Response></GetUserSettingsResponseMessage></s:Body></s:Envelope>`
const soapSettings = soapAnswer(
  `<ErrorCode>NoError</ErrorCode><UserSettings>${Object.entries({
    ExternalEwsUrl: settings.ewsUrl,
    AutoDiscoverSMTPAddress: settings.address,
    UserDisplayName: 'Ann &amp; Co',
    UserDN: settings.legacyExchangeDN,
    UserDeploymentId: settings.deploymentId,
    InternalMailboxServer: `${guid}@corp.example`,
  })
    .map(([name, value]) => `<UserSetting><Name>${name}</Name><Value>${value}</Value></UserSetting>`)
    .join('')}</UserSettings>`,
)

describe('Autodiscover’s answers', () => {
  it('tell the same in both flavours', () => {
    assert.deepEqual(parsePox(Buffer.from(poxSettings)), { kind: 'settings', settings })
    assert.deepEqual(parseSoap(Buffer.from(soapSettings)), { kind: 'settings', settings })
  })

  it('tell no GUID where the server has a name of its own (Exchange 2010)', () => {
    const old = parsePox(Buffer.from(poxSettings.replace(/<Server>[^<]*@corp/, '<Server>MBX1.corp')))
    assert.equal(old?.kind === 'settings' && 'mailboxGuid' in old.settings, false)
  })

  it('send on, by address or URL', () => {
    assert.deepEqual(parsePox(Buffer.from(pox('<Action>redirectAddr</Action><RedirectAddr>a@b.example</RedirectAddr>'))), {
      kind: 'redirectAddress',
      address: 'a@b.example',
    })
    assert.deepEqual(parsePox(Buffer.from(pox('<RedirectUrl>https://b.example/autodiscover.xml</RedirectUrl>'))), {
      kind: 'redirectUrl',
      url: 'https://b.example/autodiscover.xml',
    })
    assert.deepEqual(
      parseSoap(Buffer.from(soapAnswer('<ErrorCode>RedirectAddress</ErrorCode><RedirectTarget>a@b.example</RedirectTarget>'))),
      {
        kind: 'redirectAddress',
        address: 'a@b.example',
      },
    )
  })

  it('know whom the server doesn’t know, and what isn’t Autodiscover at all', () => {
    assert.deepEqual(parsePox(Buffer.from(poxError(500))), { kind: 'unknown' })
    assert.equal(parsePox(Buffer.from(poxError(600)))?.kind, 'failed')
    assert.deepEqual(parseSoap(Buffer.from(soapAnswer('<ErrorCode>InvalidUser</ErrorCode>'))), { kind: 'unknown' })
    for (const other of ['', '<html><body>Sign in</body></html>', '<Autodiscover>', '{"a":1}'])
      assert.equal(parsePox(Buffer.from(other)), undefined)
  })

  it('of version 2 are a URL, a redirect, nobody, or no version 2', () => {
    assert.deepEqual(parseJson(200, undefined, Buffer.from('{"Protocol":"EWS","Url":"https://a.example/EWS"}')), {
      kind: 'url',
      url: 'https://a.example/EWS',
    })
    assert.deepEqual(parseJson(302, 'https://b.example/x', Buffer.alloc(0)), { kind: 'redirect', to: 'https://b.example/x' })
    assert.deepEqual(parseJson(404, undefined, Buffer.from('{"ErrorCode":"UserNotFound"}')), { kind: 'unknown' })
    assert.deepEqual(parseJson(404, undefined, Buffer.from('<html>')), { kind: 'none' })
    assert.deepEqual(parseJson(200, undefined, Buffer.from('{"Url":"nonsense"}')), { kind: 'none' })
  })
})

describe('a host of the company', () => {
  const own = { domain: 'corp.example', user: 'admin@sub.other.example', at: 'ex01:8443' }
  it('lies in its domains, or was named', () => {
    for (const host of ['corp.example', 'autodiscover.corp.example', 'mail.sub.other.example:444', 'EX01:8443', 'ex01'])
      assert.equal(isOwnHost(host, own), true, host)
    for (const host of ['evilcorp.example', 'other.example', 'autodiscover-s.outlook.com', 'corp.example.evil.example', ''])
      assert.equal(isOwnHost(host, own), false, host)
  })

  it('is never one of Microsoft’s', () => {
    assert.equal(isOwnHost('outlook.office365.com', { ...own, at: 'outlook.office365.com' }), false)
  })
})

describe('discovery', () => {
  const names = [
    'autodiscover-s.outlook.com',
    'corp.example',
    'autodiscover.corp.example',
    'ex01.corp.example',
    'autodiscover.other.example',
  ]
  let certificate: TestCertificate
  let servers: WebServer[] = []
  before(async () => {
    certificate = await certificateFor(...names)
  })
  afterEach(async () => {
    await Promise.all(servers.map(server => server[Symbol.asyncDispose]()))
    servers = []
  })

  type Hosts = Readonly<Record<string, Serve>>
  /** Starts a server for each host (`http:` before a name: a plain one), and answers what asks them. */
  async function internet(hosts: Hosts, srv: readonly SrvRecord[] = []) {
    const started: Record<string, WebServer> = {}
    for (const [name, serve] of Object.entries(hosts)) {
      const server = await webServer(serve, name.startsWith('http:') ? undefined : certificate)
      servers.push(server)
      started[name] = server
    }
    const ports = Object.entries(started).map(
      ([name, { port }]) => [name.startsWith('http:') ? `${name.slice(5)}:80` : name, port] as const,
    )
    const asking = { network: networkOf(Object.fromEntries(ports), { ...certificate, srv }), userAgent: 'Mailferry/0', signal: never }
    const secrets = () =>
      Object.entries(started)
        .filter(([, { seen }]) => seen.some(({ headers }) => headers.authorization !== undefined))
        .map(([name]) => name)
    return { asking, started, secrets }
  }
  type Internet = Awaited<ReturnType<typeof internet>>
  const find = ({ asking }: Internet, at?: string, address = 'ann@corp.example'): Promise<Discovered> =>
    discover({ ...asking, own: { domain: 'corp.example', at }, signIn: signInWith(ann(), createSignInGuard('Old')) }, address)

  /** Wants a sign-in, and answers POX; SOAP where it is told to. */
  const exchange =
    (answer: string | ((body: string) => string), flavour: 'xml' | 'svc' = 'xml'): Serve =>
    (request, response, body) => {
      if (request.headers.authorization === undefined) return response.writeHead(401, { 'www-authenticate': 'Basic realm="x"' }).end()
      if (!request.url?.endsWith(flavour)) return response.writeHead(404).end()
      return response.writeHead(200, { 'content-type': 'text/xml' }).end(typeof answer === 'string' ? answer : answer(body.toString()))
    }
  const webSite: Serve = (_request, response) => response.writeHead(200, { 'content-type': 'text/html' }).end('<html>Welcome</html>')
  const to =
    (location: string): Serve =>
    (_request, response) =>
      response.writeHead(302, { location }).end()

  it('asks the domain, then its Autodiscover host; SOAP, then POX', async () => {
    const net = await internet({ 'corp.example': webSite, 'autodiscover.corp.example': exchange(poxSettings) })
    assert.deepEqual(await find(net), { settings, host: 'autodiscover.corp.example' })
    assert.deepEqual(net.secrets(), ['autodiscover.corp.example'])
    const soap = await internet({ 'corp.example': exchange(soapSettings, 'svc') })
    assert.deepEqual((await find(soap)).settings, settings)
  })

  it('asks the server that was named first', async () => {
    const net = await internet({ 'ex01.corp.example': exchange(poxSettings), 'corp.example': exchange(poxSettings) })
    assert.equal((await find(net, 'ex01.corp.example')).host, 'ex01.corp.example')
    assert.deepEqual(net.secrets(), ['ex01.corp.example'])
  })

  it('follows plain HTTP’s redirect to a host of the company, and SRV, without secrets on the way', async () => {
    const path = '/autodiscover/autodiscover.xml'
    const net = await internet({
      'http:autodiscover.corp.example': to(`https://ex01.corp.example${path}`),
      'ex01.corp.example': exchange(poxSettings),
    })
    assert.equal((await find(net)).host, 'ex01.corp.example')
    assert.deepEqual(net.secrets(), ['ex01.corp.example'])
    const srv = await internet({ 'ex01.corp.example': exchange(poxSettings) }, [
      { name: 'ex01.corp.example', port: 443, priority: 0, weight: 0 },
    ])
    assert.equal((await find(srv)).host, 'ex01.corp.example')
  })

  it('follows redirects by address and by URL within the company', async () => {
    const net = await internet({
      'corp.example': exchange(body =>
        body.includes('>ann@corp.example<')
          ? pox('<RedirectAddr>ann.marlow@corp.example</RedirectAddr>')
          : pox('<RedirectUrl>https://ex01.corp.example/autodiscover/autodiscover.xml</RedirectUrl>'),
      ),
      'ex01.corp.example': exchange(body => (body.includes('ann.marlow@') ? poxSettings : poxError(500))),
    })
    assert.deepEqual(await find(net), { settings, host: 'ex01.corp.example' })
  })

  it('says who lives elsewhere, and shows the other organisation no secret', async () => {
    const lives = async (answer: Serve, where: string) => {
      const net = await internet({ 'corp.example': answer, 'autodiscover.other.example': exchange(poxSettings) })
      assert.deepEqual(await problemOf(find(net)), { code: 'autodiscover.elsewhere', params: { address: 'ann@corp.example', host: where } })
      assert.equal(net.started['autodiscover.other.example']?.seen.length, 0)
    }
    await lives(exchange(pox('<RedirectAddr>ann@corp.mail.onmicrosoft.com</RedirectAddr>')), 'corp.mail.onmicrosoft.com')
    await lives(
      exchange(pox('<RedirectUrl>https://autodiscover.other.example/autodiscover/autodiscover.xml</RedirectUrl>')),
      'autodiscover.other.example',
    )
    await lives(to('https://autodiscover.other.example/autodiscover/autodiscover.xml'), 'autodiscover.other.example')
    await lives(exchange(poxSettings.replaceAll('mail.corp.example', 'outlook.office365.com')), 'outlook.office365.com')
    await lives(
      exchange(body => (body.includes('other.example') ? poxError(500) : pox('<RedirectAddr>ann@other.example</RedirectAddr>'))),
      'autodiscover.other.example',
    )
  })

  it('says so where plain HTTP or SRV leads to another company', async () => {
    const net = await internet({
      'http:autodiscover.corp.example': to('https://autodiscover.other.example/autodiscover/autodiscover.xml'),
      'autodiscover.other.example': exchange(poxSettings),
    })
    assert.equal((await problemOf(find(net))).code, 'autodiscover.elsewhere')
    assert.deepEqual(net.secrets(), [])
  })

  it('ends loops', async () => {
    const ring = await internet({
      'corp.example': exchange(body => pox(`<RedirectAddr>${body.includes('>a@') ? 'b' : 'a'}@corp.example</RedirectAddr>`)),
    })
    assert.equal((await problemOf(find(ring))).code, 'autodiscover.loop')
    let count = 0
    const endless = await internet({ 'corp.example': exchange(() => pox(`<RedirectAddr>n${++count}@corp.example</RedirectAddr>`)) })
    assert.equal((await problemOf(find(endless))).code, 'autodiscover.loop')
  })

  it('goes nowhere without encryption', async () => {
    const net = await internet({
      'corp.example': exchange(pox('<RedirectUrl>http://ex01.corp.example/autodiscover/autodiscover.xml</RedirectUrl>')),
    })
    assert.deepEqual(await problemOf(find(net)), {
      code: 'autodiscover.insecure',
      params: { address: 'ann@corp.example', host: 'ex01.corp.example' },
    })
  })

  it('tells why each host didn’t help, and whom a server doesn’t know', async () => {
    const net = await internet({ 'corp.example': webSite })
    assert.deepEqual(await problemOf(find(net)), {
      code: 'autodiscover.failed',
      params: {
        domain: 'corp.example',
        tried: [
          'corp.example: answers with a web page',
          'autodiscover.corp.example: host.notFound',
          'http://autodiscover.corp.example: host.notFound',
        ],
      },
    })
    const unknown = await internet({ 'corp.example': exchange(poxError(500)) })
    assert.equal((await problemOf(find(unknown))).code, 'autodiscover.unknown')
  })

  it('names a certificate for another name, and gives that host nothing', async () => {
    const wrong = await certificateFor('www.hoster.example')
    const server = await webServer(exchange(poxSettings), wrong)
    servers.push(server)
    const asking = { network: networkOf({ 'autodiscover.corp.example': server.port }, wrong), userAgent: 'Mailferry/0', signal: never }
    const signIn = signInWith(ann(), createSignInGuard('Old'))
    const { code, params } = await problemOf(discover({ ...asking, own: { domain: 'corp.example' }, signIn }, 'ann@corp.example'))
    assert.equal(code, 'tls.untrusted')
    assert.match(JSON.stringify(params), /not for autodiscover\.corp\.example/)
    assert.equal(server.seen.length, 0)
  })

  it('shows a refused secret to no other host', async () => {
    const refusing: Serve = (_request, response) => response.writeHead(401, { 'www-authenticate': 'Basic realm="x"' }).end()
    const net = await internet({ 'corp.example': refusing, 'autodiscover.corp.example': exchange(poxSettings) })
    const problem = await problemOf(find(net))
    assert.equal(problem.code, 'signIn.refused')
    assert.equal(JSON.stringify(problem).includes(canary), false)
    assert.deepEqual(net.secrets(), ['corp.example'])
    assert.equal(net.started['corp.example']?.seen.filter(({ headers }) => headers.authorization).length, 1)
  })

  describe('without credentials', () => {
    const lead = ({ asking }: Internet) => leadsTo({ ...asking, domain: 'corp.example', address: 'ann@corp.example' })
    const version2 =
      (status: number, body: string): Serve =>
      (request, response) =>
        request.url?.includes('autodiscover.json') ? response.writeHead(status).end(body) : response.writeHead(401).end()

    it('leads to EWS where version 2 tells, else to the host that would answer', async () => {
      const net = await internet({
        'corp.example': webSite,
        'autodiscover.corp.example': version2(200, '{"Url":"https://mail.new.example:444/EWS/Exchange.asmx"}'),
      })
      assert.deepEqual(await lead(net), { autodiscover: 'autodiscover.corp.example', ews: 'mail.new.example:444' })
      assert.deepEqual(await lead(await internet({ 'corp.example': version2(404, '<html>') })), { autodiscover: 'corp.example' })
      assert.deepEqual(await lead(await internet({ 'corp.example': version2(404, '{"ErrorCode":"UserNotFound"}') })), {
        autodiscover: 'corp.example',
        unknown: true,
      })
    })

    it('leads to another company where redirects do, and nowhere where nobody answers', async () => {
      const moved = 'https://autodiscover-s.outlook.com/autodiscover/autodiscover.xml'
      const there = { 'autodiscover-s.outlook.com': version2(404, '<html>') }
      assert.deepEqual(await lead(await internet({ 'http:autodiscover.corp.example': to(moved), ...there })), {
        autodiscover: 'autodiscover-s.outlook.com',
      })
      assert.equal(await lead(await internet({})), undefined)
    })

    it('leads nowhere by plain HTTP to what doesn’t answer as Autodiscover, or not by a trusted certificate', async () => {
      const hotel = 'https://hotel.example/autodiscover/autodiscover.xml'
      const portal = { 'http:autodiscover.corp.example': to(hotel), 'hotel.example': webSite }
      assert.equal(await lead(await internet(portal)), undefined)
      assert.equal(await lead(await internet({ 'http:autodiscover.corp.example': to(hotel) })), undefined)
      assert.equal(await lead(await internet({ 'http:autodiscover.corp.example': to('http://hotel.example/welcome') })), undefined)
    })
  })
})
