import assert from 'node:assert/strict'
import { never } from '../imap/support.ts'
import { certify } from './certified.ts'
import { detail, recorded, tenantScene, verify } from './tenantScene.ts'

describe('an application’s sign-in to Office 365', () => {
  it('refuses a wrong secret once, and doesn’t try it again', async () => {
    await using here = await tenantScene()
    await using server = here.serverOf({ secret: { password: 'wrong' } })
    const attempts = () => here.org.site.requests.filter(({ host, path }) => host === 'login' && path.endsWith('/token')).length
    for (const expected of ['signIn.refused', 'signIn.stopped', 'signIn.stopped']) {
      await assert.rejects(server.resolve({ address: 'anna@contoso.test' }, never), { code: expected })
    }
    assert.equal(attempts(), 1)
  })

  it('goes on with a new secret that a person gave, without being opened anew', async () => {
    await using here = await tenantScene()
    let password = 'wrong'
    await using server = here.serverOf({ secret: () => ({ password }) })
    await assert.rejects(server.resolve({ address: 'anna@contoso.test' }, never), { code: 'signIn.refused' })
    password = here.org.app.secret
    assert.equal((await server.resolve({ address: 'anna@contoso.test' }, never)).found, 'one')
  })

  it('knows its tenant by the id that was recorded, once the domain it was called by has moved away', async () => {
    await using here = await tenantScene()
    const signIn = {
      method: 'application',
      tenant: 'contoso.test',
      clientId: here.org.app.application.appId,
      credential: 'secret',
    } as const
    here.org.tenant.organisation.acceptedDomains.delete('contoso.test')
    await using unverified = here.serverOf({ signIn })
    await assert.rejects(unverified.resolve({ address: 'anna@contoso.test' }, never), { code: 'tenant.notFound' })
    await using verified = here.serverOf({ signIn, verification: { state: 'verified', recorded: recorded(here.org) } })
    assert.equal((await verified.resolve({ address: 'anna@contoso.test' }, never)).found, 'one')
  })

  it('signs in by a certificate, and says until when it is good', async () => {
    await using here = await tenantScene()
    const pem = await certify(here.org)
    const validTo = here.org.app.application.keyCredentials[0]?.endDateTime
    const signIn = {
      method: 'application',
      tenant: here.org.tenant.id,
      clientId: here.org.app.application.appId,
      credential: 'certificate',
    } as const
    await using server = here.serverOf({ signIn, secret: { pem } })
    const { checks, learned } = await verify(server)
    assert.ok(learned)
    assert.equal(learned.organisation, here.org.tenant.id)
    assert.match(detail(checks, 'expiry'), /only (19|20) days/)
    assert.deepEqual(learned.expires, { what: 'certificate', at: validTo })
    const { found } = await server.observe({ at: '', ...learned, expires: { what: 'certificate', at: '2020-01-01T00:00:00Z' } }, never)
    assert.equal(found?.expires?.at, validTo)
  })
})
