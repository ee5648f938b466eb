import assert from 'node:assert/strict'
import { allPermissions } from '../../sandbox/office365/support.ts'
import { detail, tenantScene, verify } from './tenantScene.ts'

describe('the verification of an Office 365 connection', () => {
  it('is verified as an application, and says what it leads to', async () => {
    await using here = await tenantScene()
    await using server = here.serverOf({ role: 'target' })
    const { checks, learned, states } = await verify(server, 'anna@contoso.test')
    assert.deepEqual(learned, {
      organisation: here.org.tenant.id,
      address: here.org.graphUrl,
      acceptedDomains: ['contoso.onmicrosoft.com', 'contoso.test'],
      expires: { what: 'secret', at: here.org.app.application.secrets[0]?.endDateTime },
    })
    for (const name of [
      'address',
      'tls',
      'signIn',
      'organisation',
      'permissions',
      'listMailboxes',
      'acceptedDomains',
      'actAs',
      'folders',
      'quota',
    ]) {
      assert.equal(states[name], 'passed', `${name}: ${detail(checks, name)}`)
    }
  })

  it('says which permission is missing, with what is there', async () => {
    await using here = await tenantScene({ permissions: ['Mail.Read'] })
    await using server = here.serverOf()
    const { checks, learned } = await verify(server)
    assert.equal(learned, undefined)
    const error = checks.at(-1)?.error
    assert.deepEqual([checks.at(-1)?.name, error?.code], ['permissions', 'permission.graph'])
    assert.deepEqual(error?.params, {
      host: new URL(here.org.graphUrl).host,
      user: here.org.app.application.appId,
      reason: 'consent',
      needs: ['User.Read.All'],
      response: 'the token has Mail.Read',
    })
  })

  it('tries a mailbox for rights that Exchange may have bound to some', async () => {
    await using here = await tenantScene({ permissions: ['User.Read.All'] })
    await using server = here.serverOf()
    const { checks } = await verify(server, 'anna@contoso.test')
    assert.match(detail(checks, 'permissions'), /Application Mail\.Read may bind it/)
    assert.deepEqual([checks.at(-1)?.name, checks.at(-1)?.error?.code], ['actAs', 'permission.graph'])
  })

  it('promises full fidelity only where items may come and go, not where they can merely be seen', async () => {
    const permissions = allPermissions.filter(name => name !== 'MailboxItem.ImportExport.All')
    await using here = await tenantScene({ permissions })
    await using server = here.serverOf({ role: 'target' })
    const { checks, learned } = await verify(server, 'anna@contoso.test')
    assert.ok(learned)
    assert.match(detail(checks, 'permissions'), /without MailboxItem\.ImportExport\.All, this is left out: importing/)
    assert.match(detail(checks, 'transfer'), /^messages by Graph; .* needs a permission that isn’t there/)
  })

  it('says what a source has that it doesn’t need', async () => {
    await using here = await tenantScene()
    await using server = here.serverOf()
    assert.match(detail((await verify(server)).checks, 'permissions'), /more than a source needs: Mail\.ReadWrite/)
  })

  it('records when its only secret ends, where the tenant tells the application of itself, and of several none', async () => {
    await using here = await tenantScene()
    const { application } = here.org.app
    await using server = here.serverOf()
    const [secret] = application.secrets
    const { learned } = await verify(server)
    assert.deepEqual(learned?.expires, { what: 'secret', at: secret?.endDateTime })
    here.org.tenant.registry.addSecret(application)
    const { checks, learned: again } = await verify(server)
    assert.match(detail(checks, 'expiry'), /the first of its secrets/)
    assert.equal(again?.expires, undefined)
    here.org.tenant.switches.ownApplicationByAppId = false
    assert.match(detail((await verify(server)).checks, 'expiry'), /not told without the permission Application\.Read\.All/)
  })

  it('names a tenant and an application that aren’t there', async () => {
    await using here = await tenantScene()
    const {
      application: { appId },
      secret,
    } = here.org.app
    const at = (tenant: string, clientId: string) =>
      here.serverOf({ signIn: { method: 'application', tenant, clientId, credential: 'secret' }, secret: { password: secret } })
    await using nowhere = at('00000000-1111-2222-3333-444444444444', appId)
    await using nobody = at(here.org.tenant.id, '00000000-1111-2222-3333-444444444444')
    assert.equal((await verify(nowhere)).checks.at(-1)?.error?.code, 'tenant.notFound')
    assert.equal((await verify(nobody)).checks.at(-1)?.error?.code, 'application.unknown')
  })
})
