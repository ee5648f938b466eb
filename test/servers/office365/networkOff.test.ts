import assert from 'node:assert/strict'
import type { Connection, Office365Settings } from '../../../src/domain/connection.ts'
import { asConnectionId } from '../../../src/domain/ids.ts'
import { judge } from '../../../src/domain/staleness.ts'
import type { Trouble } from '../../../src/sandbox/http/trouble.ts'
import { never } from '../imap/support.ts'
import { recorded, type TenantScene, tenantScene } from './tenantScene.ts'

const troubles: Readonly<Record<string, Trouble>> = {
  'every connection breaks off': { kind: 'dropBefore' },
  'every answer breaks off': { kind: 'cut' },
  'a proxy shows its page': { kind: 'signInPage' },
  'a hotel leads everything to its own page': { kind: 'owaRedirect' },
  'a proxy wants to be signed in to': { kind: 'status', status: 407 },
  'a proxy forbids it': { kind: 'status', status: 403 },
  'a server fails': { kind: 'status', status: 500 },
  'a gateway gets no answer': { kind: 'status', status: 502 },
  'a load balancer has no server': { kind: 'unavailable' },
}

describe('an Office 365 connection of an administrator in a domain that may move, while the network is off', () => {
  let here: TenantScene
  beforeEach(async () => {
    here = await tenantScene()
  })
  afterEach(() => here[Symbol.asyncDispose]())

  async function check() {
    const { org, serverOf } = here
    const signIn = { method: 'admin', user: 'admin@contoso.test', clientId: org.app.application.appId } as const
    const verification = { state: 'verified', recorded: recorded(org) } as const
    await using server = serverOf({ signIn, secret: { token: 'no-such-refresh-token' }, verification })
    const settings: Office365Settings = { kind: 'office365', signIn }
    const connection: Connection = { id: asConnectionId('c'), name: 'Cloud', role: 'source', settings, verification }
    const verdict = judge(connection, { at: '2026-02-01T00:00:00.000Z', ...(await server.observe(recorded(org), never)) })
    assert.ok('state' in verdict, JSON.stringify(verdict))
    return verdict.state
  }

  for (const [what, trouble] of Object.entries(troubles)) {
    it(`is unreachable, not stale, where ${what}`, async () => {
      here.org.site.troubles.add({ trouble })
      assert.equal(await check(), 'unreachable')
    })
  }

  it('is unreachable, not stale, where nobody listens', async () => {
    await here.org[Symbol.asyncDispose]()
    assert.equal(await check(), 'unreachable')
  })

  for (const [what, trouble] of Object.entries(troubles)) {
    it(`is in need of credentials, not stale, where the sign-in is refused and then ${what}`, async () => {
      here.org.site.troubles.add({ trouble, operations: ['login/v2.0/.well-known/openid-configuration'] })
      assert.equal(await check(), 'credentialsNeeded')
      assert.equal(here.org.site.troubles.struck, 1)
    })
  }
})
