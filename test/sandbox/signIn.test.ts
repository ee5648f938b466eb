import assert from 'node:assert/strict'
import { basic, fabrikam, openLine } from './support.ts'

const wrong = 'Sommer!8'
const anna = { user: 'anna@fabrikam.test', password: 'Sommer!7' }

/** Beyond sign-in, a request without SOAP is refused with 500. */
const passed = (status: number): boolean => status === 500 || status === 200

describe('signing in to the sandbox’s Exchange', () => {
  it('offers what IIS offers, in its order', async () => {
    await using front = await fabrikam()
    using line = openLine(front.ca)
    const { status, headers } = await line.ask(front.ewsUrl)
    assert.deepEqual([status, headers['www-authenticate']], [401, 'Negotiate, NTLM, Basic realm="ex01.ad.fabrikam.test"'])
  })

  for (const user of ['anna@fabrikam.test', 'ANNA@fabrikam.test', 'FABRIKAM\\anna', 'anna@ad.fabrikam.test']) {
    it(`knows ${user}`, async () => {
      await using front = await fabrikam()
      using line = openLine(front.ca)
      const byBasic = await line.ask(front.ewsUrl, { headers: basic(user, 'Sommer!7') })
      const [domain, name] = user.includes('\\') ? user.split('\\') : ['', user]
      const byNtlm = await line.ntlm(front.ewsUrl, { user: name ?? '', domain: domain ?? '', password: 'Sommer!7' })
      assert.deepEqual([passed(byBasic.status), passed(byNtlm.status)], [true, true])
    })
  }

  it('signs in by an e-mail address only where that is set up', async () => {
    for (const signInByEmail of [false, true]) {
      await using front = await fabrikam({ signInByEmail })
      const [person] = front.site.organisation.people
      if (person) person.userPrincipalName = 'a.weiss@corp.test'
      using line = openLine(front.ca)
      assert.equal(passed((await line.ask(front.ewsUrl, { headers: basic(anna.user, anna.password) })).status), signInByEmail)
    }
  })

  it('signs in a connection by NTLM, not a request', async () => {
    await using front = await fabrikam()
    using line = openLine(front.ca)
    await line.ntlm(front.ewsUrl, anna)
    using other = openLine(front.ca)
    assert.deepEqual(
      [passed((await line.ask(front.ewsUrl)).status), (await other.ask(front.ewsUrl)).status, front.site.accounts.attempts.length],
      [true, 401, 1],
    )
  })

  it('takes each challenge’s answer once', async () => {
    await using front = await fabrikam()
    using line = openLine(front.ca)
    await line.ntlm(front.ewsUrl, { ...anna, password: wrong })
    const { status } = await line.ask(front.ewsUrl, { headers: { authorization: `NTLM ${Buffer.alloc(120).toString('base64')}` } })
    assert.equal(status, 401)
  })

  for (const [protection, binding, offloaded, taken] of [
    ['off', 'none', false, true],
    ['off', 'wrong', false, true],
    ['allow', 'none', false, true],
    ['allow', 'right', false, true],
    ['allow', 'wrong', false, false],
    ['allow', 'right', true, false],
    ['allow', 'none', true, true],
    ['require', 'none', false, false],
    ['require', 'right', false, true],
    ['require', 'wrong', false, false],
    ['require', 'right', true, false],
  ] as const) {
    it(`${taken ? 'takes' : 'refuses'} NTLM with ${binding} binding where Extended Protection is ${protection}${offloaded ? ', behind a proxy that ends TLS' : ''}`, async () => {
      await using front = await fabrikam({ extendedProtection: protection })
      front.site.offloaded = offloaded
      using line = openLine(front.ca)
      const endPoint = { none: {}, right: { endPoint: front.certificate.endPoint }, wrong: { endPoint: Buffer.alloc(32, 7) } }[binding]
      const { status } = await line.ntlm(front.ewsUrl, { ...anna, ...endPoint })
      assert.deepEqual(
        [passed(status), front.site.accounts.attempts.map(({ outcome }) => outcome)],
        [taken, [taken ? 'accepted' : 'badBinding']],
      )
    })
  }

  it('binds by SHA-384 where the certificate is signed with it', async () => {
    await using front = await fabrikam({ extendedProtection: 'require', certificate: { hash: 'SHA-384', algorithm: 'rsa' } })
    using line = openLine(front.ca)
    const { status } = await line.ntlm(front.ewsUrl, { ...anna, endPoint: front.certificate.endPoint })
    assert.deepEqual([passed(status), front.certificate.endPoint.length], [true, 48])
  })

  it('checks the messages’ MIC where the client says there is one', async () => {
    await using front = await fabrikam()
    using line = openLine(front.ca)
    const statuses = [await line.ntlm(front.ewsUrl, { ...anna, mic: 'signed' }), await line.ntlm(front.ewsUrl, { ...anna, mic: 'broken' })]
    assert.deepEqual(
      statuses.map(({ status }) => passed(status)),
      [true, false],
    )
  })

  it('refuses NTLMv1', async () => {
    await using front = await fabrikam()
    using line = openLine(front.ca)
    const { status } = await line.ntlm(front.ewsUrl, { ...anna, version1: true })
    assert.deepEqual([status, front.site.accounts.attempts[0]?.outcome], [401, 'ntlmV1'])
  })

  it('counts refused secrets and locks an account, whatever comes then', async () => {
    await using front = await fabrikam({ lockAfter: 3 })
    using line = openLine(front.ca)
    for (const password of [wrong, wrong]) await line.ask(front.ewsUrl, { headers: basic(anna.user, password) })
    await line.ntlm(front.ewsUrl, { ...anna, password: wrong })
    const { status } = await line.ask(front.ewsUrl, { headers: basic(anna.user, anna.password) })
    const ben = await line.ask(front.ewsUrl, { headers: basic('ben@fabrikam.test', 'Winter?8') })
    assert.deepEqual([status, passed(ben.status)], [401, true])
    assert.deepEqual(
      front.site.accounts.attempts.map(({ method, outcome }) => `${method} ${outcome}`),
      ['basic wrongPassword', 'basic wrongPassword', 'ntlm wrongPassword', 'basic locked', 'basic accepted'],
    )
  })

  it('refuses methods that are switched off, and takes tokens it was told of', async () => {
    await using front = await fabrikam({ methods: { basic: false, ntlm: false } })
    const account = { id: 'x', password: '', person: front.site.organisation.people[0] }
    if (account.person) front.site.methods.tokens.set('good', { ...account, person: account.person })
    using line = openLine(front.ca)
    const byBasic = await line.ask(front.ewsUrl, { headers: basic(anna.user, anna.password) })
    const byNtlm = await line.ask(front.ewsUrl, { headers: { authorization: 'NTLM TlRMTVNTUAABAAAA' } })
    const byToken = await line.ask(front.ewsUrl, { headers: { authorization: 'Bearer good' } })
    const byOther = await line.ask(front.ewsUrl, { headers: { authorization: 'Bearer bad' } })
    assert.deepEqual([byBasic.status, byNtlm.status, passed(byToken.status), byOther.status], [401, 401, true, 401])
    assert.equal(byBasic.headers['www-authenticate'], 'Bearer')
  })
})
