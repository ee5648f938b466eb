import assert from 'node:assert/strict'
import { never } from '../imap/support.ts'
import { recorded, type TenantScene, tenantScene } from './tenantScene.ts'

describe('an Office 365 tenant that a check looks at', () => {
  it('is where it was, as long as it lets the application in', async () => {
    await using here = await tenantScene()
    await using server = here.serverOf()
    const seen = await server.observe(recorded(here.org), never)
    assert.deepEqual([seen.signIn, seen.user, seen.found?.organisation], ['accepted', here.org.app.application.appId, here.org.tenant.id])
  })

  it('is unreachable, not refused, where nobody answers', async () => {
    await using here = await tenantScene()
    await using server = here.serverOf()
    const known = recorded(here.org)
    await here.org[Symbol.asyncDispose]()
    const seen = await server.observe(known, never)
    assert.equal(seen.signIn, undefined)
    assert.ok(seen.cause)
  })

  const refusedAdmin = ({ org, serverOf }: TenantScene) =>
    serverOf({
      signIn: { method: 'admin', user: 'admin@contoso.test', clientId: org.app.application.appId },
      secret: { token: 'no-such-refresh-token' },
    })

  it('says that a refused admin’s domain is still the tenant’s', async () => {
    await using here = await tenantScene()
    await using server = refusedAdmin(here)
    assert.deepEqual(await server.observe(recorded(here.org), never), { signIn: 'refused', user: 'admin@contoso.test' })
  })

  it('says that a refused admin’s domain has left the tenant, asked without any secret', async () => {
    await using here = await tenantScene()
    await using server = refusedAdmin(here)
    const known = { ...recorded(here.org), adminAddress: 'admin@moved.test', acceptedDomains: ['contoso.test', 'moved.test'] }
    assert.deepEqual(await server.observe(known, never), {
      signIn: 'refused',
      user: 'admin@contoso.test',
      acceptedDomains: ['contoso.test'],
    })
  })
})
