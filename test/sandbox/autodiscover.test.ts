import assert from 'node:assert/strict'
import { basic, fabrikam, openLine, type TestFront } from './support.ts'

const headers = basic('anna@fabrikam.test', 'Sommer!7')
const outlook = 'http://schemas.microsoft.com/exchange/autodiscover/outlook'
const mobile = 'http://schemas.microsoft.com/exchange/autodiscover/mobilesync'

const poxRequest = (address: string, schema = `${outlook}/responseschema/2006a`, request = `${outlook}/requestschema/2006`): string =>
  `<?xml version="1.0" encoding="utf-8"?><Autodiscover xmlns="${request}"><Request><EMailAddress>${address}</EMailAddress><AcceptableResponseSchema>${schema}</AcceptableResponseSchema></Request></Autodiscover>`

const soapRequest = (address: string, ...settings: string[]): string =>
  `<soap:Envelope xmlns:soap="http://schemas.xmlsoap.org/soap/envelope/" xmlns:a="http://schemas.microsoft.com/exchange/2010/Autodiscover" xmlns:wsa="http://www.w3.org/2005/08/addressing"><soap:Header><a:RequestedServerVersion>Exchange2013</a:RequestedServerVersion><wsa:Action>http://schemas.microsoft.com/exchange/2010/Autodiscover/Autodiscover/GetUserSettings</wsa:Action></soap:Header><soap:Body><a:GetUserSettingsRequestMessage><a:Request><a:Users><a:User><a:Mailbox>${address}</a:Mailbox></a:User></a:Users><a:RequestedSettings>${settings.map(name => `<a:Setting>${name}</a:Setting>`).join('')}</a:RequestedSettings></a:Request></a:GetUserSettingsRequestMessage></soap:Body></soap:Envelope>`

async function pox(front: TestFront, body: string): Promise<string> {
  using line = openLine(front.ca)
  return (await line.ask(front.autodiscoverUrl, { headers, body })).body
}

async function soap(front: TestFront, body: string): Promise<string> {
  using line = openLine(front.ca)
  return (await line.ask(front.autodiscoverUrl.replace('.xml', '.svc'), { headers, body })).body
}

async function json(front: TestFront, rest: string) {
  using line = openLine(front.ca)
  const { status, body, headers: answered } = await line.ask(front.autodiscoverUrl.replace('.xml', `.json${rest}`), { method: 'GET' })
  return { status, location: answered.location, answer: status === 302 ? {} : (JSON.parse(body) as Record<string, string>) }
}

const between = (text: string, name: string): string | undefined => new RegExp(`<${name}[^>]*>([^<]*)</${name}>`).exec(text)?.[1]

describe('Autodiscover in plain XML', () => {
  it('tells the forest, the mailbox and where EWS is', async () => {
    await using front = await fabrikam()
    const [anna] = front.site.organisation.people
    const answer = await pox(front, poxRequest('anna@fabrikam.test'))
    assert.deepEqual(
      ['DisplayName', 'LegacyDN', 'DeploymentId', 'AutoDiscoverSMTPAddress', 'Action', 'Server', 'EwsUrl'].map(name =>
        between(answer, name),
      ),
      [
        'Anna Weiß',
        anna?.legacyExchangeDN,
        front.site.organisation.deploymentId,
        'anna@fabrikam.test',
        'settings',
        `${anna?.mailboxGuid}@fabrikam.test`,
        front.ewsUrl,
      ],
    )
  })

  it('names a server, not a mailbox, before Exchange 2013', async () => {
    await using front = await fabrikam({ organisation: { release: 'Exchange2010_SP3' } })
    assert.equal(between(await pox(front, poxRequest('anna@fabrikam.test')), 'Server'), 'MBX1')
  })

  it('asks who it is first', async () => {
    await using front = await fabrikam()
    using line = openLine(front.ca)
    assert.equal((await line.ask(front.autodiscoverUrl, { body: poxRequest('anna@fabrikam.test') })).status, 401)
  })

  it('sends on to another address, or another URL, whoever lives elsewhere', async () => {
    await using front = await fabrikam()
    const [anna] = front.site.organisation.people
    if (anna) anna.externalAddress = 'SMTP:anna@contoso.mail.onmicrosoft.com'
    front.site.redirects.set('ben@fabrikam.test', { url: 'https://elsewhere.test/autodiscover/autodiscover.xml' })
    const [first, second] = [await pox(front, poxRequest('anna@fabrikam.test')), await pox(front, poxRequest('ben@fabrikam.test'))]
    assert.deepEqual([between(first, 'Action'), between(first, 'RedirectAddr')], ['redirectAddr', 'anna@contoso.mail.onmicrosoft.com'])
    assert.deepEqual(
      [between(second, 'Action'), between(second, 'RedirectUrl')],
      ['redirectUrl', 'https://elsewhere.test/autodiscover/autodiscover.xml'],
    )
  })

  for (const [what, body, code] of [
    ['nobody it knows', poxRequest('carl@fabrikam.test'), '500'],
    ['what isn’t a request', '<Autodiscover/>', '600'],
    ['what isn’t XML', 'hello', '600'],
    ['a schema it doesn’t speak', poxRequest('anna@fabrikam.test', 'http://example.test'), '601'],
  ] as const) {
    it(`answers ${code} to ${what}`, async () => {
      await using front = await fabrikam()
      assert.equal(between(await pox(front, body), 'ErrorCode'), code)
    })
  }

  it('speaks ActiveSync’s schema', async () => {
    await using front = await fabrikam()
    const ask = (address: string) => pox(front, poxRequest(address, `${mobile}/responseschema/2006`, `${mobile}/requestschema/2006`))
    assert.equal(between(await ask('anna@fabrikam.test'), 'Url'), `${front.site.base}/Microsoft-Server-ActiveSync`)
    assert.equal(between(await ask('carl@fabrikam.test'), 'Status'), '1')
  })
})

describe('Autodiscover in SOAP', () => {
  it('tells the settings it is asked for, and which it hasn’t', async () => {
    await using front = await fabrikam()
    const [anna] = front.site.organisation.people
    const answer = await soap(front, soapRequest('anna@fabrikam.test', 'UserDN', 'ExternalEwsUrl', 'MobileMailboxPolicy', 'Nonsense'))
    const settings = [...answer.matchAll(/<Name>([^<]*)<\/Name><Value>([^<]*)</g)].map(([, name, value]) => [name, value])
    const errors = [...answer.matchAll(/<ErrorCode>(\w+)<\/ErrorCode><ErrorMessage>[^<]*<\/ErrorMessage><SettingName>(\w+)/g)]
    assert.deepEqual(settings, [
      ['UserDN', anna?.legacyExchangeDN],
      ['ExternalEwsUrl', front.ewsUrl],
    ])
    assert.deepEqual(
      errors.map(([, code, name]) => [code, name]),
      [
        ['SettingIsNotAvailable', 'MobileMailboxPolicy'],
        ['InvalidSetting', 'Nonsense'],
      ],
    )
  })

  it('refuses users it doesn’t know, and sends on those who live elsewhere', async () => {
    await using front = await fabrikam()
    front.site.redirects.set('contoso.test', { address: 'ben@northwind.test' })
    const unknown = await soap(front, soapRequest('carl@fabrikam.test', 'UserDN'))
    const moved = await soap(front, soapRequest('ben@contoso.test', 'UserDN'))
    assert.match(unknown, /<UserResponse><ErrorCode>InvalidUser</)
    assert.match(moved, /<UserResponse><ErrorCode>RedirectAddress<.*<RedirectTarget>ben@northwind.test</)
  })

  it('needs its action and the version that is asked for', async () => {
    await using front = await fabrikam()
    assert.match(await soap(front, '<x/>'), /a:ActionNotSupported/)
    const versionless = soapRequest('anna@fabrikam.test', 'UserDN').replace(/<a:RequestedServerVersion>.*<\/a:RequestedServerVersion>/, '')
    assert.match(await soap(front, versionless), /<Response [^>]*><ErrorCode>InvalidRequest</)
  })
})

describe('Autodiscover in JSON', () => {
  it('tells where EWS and the older Autodiscover are, to anybody, by either form of its URL', async () => {
    await using front = await fabrikam()
    assert.deepEqual((await json(front, '?Email=anna@fabrikam.test&Protocol=EWS')).answer, { Protocol: 'EWS', Url: front.ewsUrl })
    const other = await json(front, '/v1.0/anna%40fabrikam.test?Protocol=AutodiscoverV1')
    assert.deepEqual(other.answer, { Protocol: 'AutodiscoverV1', Url: front.autodiscoverUrl })
    assert.deepEqual(front.site.accounts.attempts, [])
  })

  for (const [rest, status, code] of [
    ['?Email=anna@fabrikam.test&Protocol=Gopher', 400, 'InvalidProtocol'],
    ['?Email=anna@fabrikam.test', 400, 'MandatoryParameterMissing'],
    ['?Protocol=EWS', 400, 'MandatoryParameterMissing'],
    ['?Email=carl@fabrikam.test&Protocol=EWS', 404, 'UserNotFound'],
  ] as const) {
    it(`answers ${code} to ${rest}`, async () => {
      await using front = await fabrikam()
      const { status: got, answer } = await json(front, rest)
      assert.deepEqual([got, answer['ErrorCode']], [status, code])
    })
  }

  it('sends on whoever lives elsewhere', async () => {
    await using front = await fabrikam()
    front.site.redirects.set('fabrikam.test', { url: 'https://elsewhere.test/autodiscover/autodiscover.xml' })
    const { status, location } = await json(front, '?Email=anna@fabrikam.test&Protocol=EWS')
    assert.deepEqual(
      [status, location],
      [302, 'https://elsewhere.test/autodiscover/autodiscover.json?Email=anna@fabrikam.test&Protocol=EWS'],
    )
  })

  it('came with Exchange 2016', async () => {
    await using front = await fabrikam({ organisation: { release: 'Exchange2013_SP1' } })
    using line = openLine(front.ca)
    const url = front.autodiscoverUrl.replace('.xml', '.json?Email=anna@fabrikam.test&Protocol=EWS')
    assert.equal((await line.ask(url, { method: 'GET' })).status, 404)
  })
})
