import assert from 'node:assert/strict'
import { grantAccess } from '../../../src/servers/exchange/verify/powerShell.ts'
import { describeVersion } from '../../../src/servers/exchange/verify/serverVersion.ts'
import { byAutodiscover, connectTo, startWorld, verified, type World } from './sandboxSupport.ts'
import { canary } from './support.ts'

describe('verifying an Exchange connection', () => {
  let world: World
  let somebody: string
  before(async () => {
    world = await startWorld()
    somebody = world.leaving.people[0]?.primarySmtpAddress ?? ''
  })
  after(() => world[Symbol.asyncDispose]())
  afterEach(() => {
    world.leaving.site.methods.basic = true
    world.leaving.site.methods.ntlm = true
    world.leaving.site.extendedProtection = 'allow'
    world.leaving.site.offloaded = false
    world.leaving.site.redirects.clear()
    world.leaving.site.troubles.clear()
    world.leaving.organisation.faults.impersonationDenied.clear()
    world.leaving.organisation.faults.withheld.clear()
  })

  it('passes from discovery to the mailbox, and records what it led to', async () => {
    const { states, learned } = await verified(connectTo(world, world.leaving, { server: byAutodiscover(world) }), somebody)
    assert.deepEqual(states, {
      discovery: 'passed',
      address: 'passed',
      tls: 'passed',
      signIn: 'passed',
      version: 'passed',
      organisation: 'passed',
      actAs: 'passed',
      folders: 'passed',
      listMailboxes: 'skipped',
      acceptedDomains: 'passed',
      transfer: 'passed',
      quota: 'skipped',
    })
    assert.deepEqual(learned, {
      organisation: world.leaving.organisation.deploymentId,
      adminAddress: world.leaving.admin.primarySmtpAddress,
      serverVersion: '15.1.2507.6',
      acceptedDomains: [...world.leaving.organisation.acceptedDomains],
      address: world.leaving.ewsUrl,
      discovered: `127.0.0.1:${world.leaving.port}`,
    })
  })

  for (const refusal of ['ErrorInvalidServerVersion', 'ErrorSchemaValidation'] as const) {
    it(`passes on Exchange 2010 without a service pack, which says ${refusal} to newer schemas`, async () => {
      await using old = await startWorld({ leaving: { organisation: { release: 'Exchange2010' } } })
      const { organisation, people, site } = old.leaving
      organisation.faults.newerVersion = refusal
      const { states, learned, checks } = await verified(connectTo(old, old.leaving), people[0]?.primarySmtpAddress)
      assert.deepEqual(
        Object.entries(states).filter(([, state]) => state === 'failed'),
        [],
      )
      assert.equal(learned?.serverVersion, '14.0.722.0')
      assert.match(checks.get('version')?.detail ?? '', /Exchange 2010, build 14\.0\.722\.0; items can’t be exported whole/)
      assert.match(checks.get('transfer')?.detail ?? '', /MIME only/)
      const refused = site.requests.filter(({ status }) => status === 500).map(({ operation }) => operation)
      assert.deepEqual(
        refused,
        ['ResolveNames', 'GetServiceConfiguration', 'ExportItems'],
        'the newer schema once, and what the server hasn’t got',
      )
    })
  }

  it('works by each way to sign in and each way to write the user, with Extended Protection required', async () => {
    const { admin, site } = world.leaving
    site.extendedProtection = 'require'
    for (const user of [admin.userPrincipalName, `${site.ad.netbios}\\${admin.samAccountName}`]) {
      const { learned } = await verified(connectTo(world, world.leaving, { admin: { user } }), somebody)
      assert.equal(learned?.adminAddress, admin.primarySmtpAddress, user)
    }
    assert.ok((await verified(connectTo(world, world.leaving, { admin: { method: 'basic' } }), somebody)).learned)
    assert.equal(
      site.accounts.attempts.every(({ outcome }) => outcome === 'accepted'),
      true,
    )
  })

  it('finds the administrator by the account’s plain name as well', async () => {
    const { learned } = await verified(connectTo(world, world.leaving, { admin: { user: world.leaving.admin.samAccountName } }), somebody)
    assert.equal(learned?.adminAddress, world.leaving.admin.primarySmtpAddress)
  })

  it('tells a refused secret after one attempt, never showing it', async () => {
    const { accounts } = world.leaving.site
    const before = accounts.attempts.length
    const { checks, learned, states } = await verified(connectTo(world, world.leaving, { password: canary }), somebody)
    assert.equal(learned, undefined)
    assert.equal(states['signIn'], 'failed')
    assert.deepEqual(
      accounts.attempts.slice(before).map(({ outcome }) => outcome),
      ['wrongPassword'],
    )
    assert.equal(JSON.stringify([...checks.values()].map(check => [check, check.error?.params])).includes(canary), false)
  })

  it('explains what a proxy that ends TLS does to Extended Protection', async () => {
    world.leaving.site.offloaded = true
    const { checks } = await verified(connectTo(world, world.leaving), somebody)
    const error = checks.get('signIn')?.error
    assert.equal(error?.code, 'signIn.refused')
    assert.equal(error && 'channelBinding' in error.params && error.params.channelBinding, true)
  })

  it('names the host and the fingerprint of a certificate that nobody vouches for, and trusts it by that', async () => {
    const { checks, learned } = await verified(connectTo(world, world.leaving, { trust: {} }), somebody)
    assert.equal(learned, undefined)
    const params = checks.get('tls')?.error?.params
    const fingerprint = params && 'fingerprint' in params ? params.fingerprint : ''
    assert.equal(params && 'host' in params && params.host, '127.0.0.1')
    assert.ok((await verified(connectTo(world, world.leaving, { trust: { fingerprints: [fingerprint] } }), somebody)).learned)
  })

  it('says how to grant the right to open others’ mailboxes', async () => {
    world.leaving.organisation.faults.impersonationDenied.add(world.leaving.people[0]?.mailboxGuid ?? '')
    const { checks, learned } = await verified(connectTo(world, world.leaving), somebody)
    assert.equal(learned, undefined)
    assert.equal(checks.get('actAs')?.error?.code, 'permission.actAs')
    assert.match(
      checks.get('actAs')?.detail ?? '',
      /New-ManagementRoleAssignment -Role ApplicationImpersonation -User 'admin@fabrikam\.test'/,
    )
    const byRights = await verified(connectTo(world, world.leaving, { admin: { access: 'delegate' } }), somebody)
    assert.match(
      byRights.checks.get('actAs')?.detail ?? '',
      /Add-MailboxPermission '.*' -User 'admin@fabrikam\.test' -AccessRights FullAccess/,
    )
  })

  it('opens by full access where that was granted', async () => {
    const [person] = world.leaving.people
    person?.fullAccess.add(world.leaving.admin.objectGuid)
    const { states } = await verified(connectTo(world, world.leaving, { admin: { access: 'delegate' } }), somebody)
    assert.equal(states['actAs'], 'passed')
    person?.fullAccess.clear()
  })

  it('says that mail goes as MIME where the server denies to export whole items', async () => {
    world.leaving.organisation.faults.withheld.set('ExportItems', 'ErrorAccessDenied')
    const { checks, learned } = await verified(connectTo(world, world.leaving), somebody)
    assert.ok(learned)
    assert.match(checks.get('transfer')?.detail ?? '', /^MIME only: .*ErrorAccessDenied/)
  })

  it('tries nobody’s mailbox where none was named', async () => {
    const { states, learned } = await verified(connectTo(world, world.leaving))
    assert.deepEqual([states['actAs'], states['folders']], ['skipped', 'skipped'])
    assert.ok(learned)
  })

  it('says that the mailboxes live elsewhere, and signs in nowhere', async () => {
    const { site } = world.receiving
    const before = site.accounts.attempts.length
    world.leaving.site.redirects.set(world.domain, { url: 'https://autodiscover-s.outlook.com/autodiscover/autodiscover.xml' })
    const { checks, learned } = await verified(connectTo(world, world.leaving, { server: byAutodiscover(world) }), somebody)
    assert.equal(learned, undefined)
    assert.deepEqual(checks.get('discovery')?.error?.params, { address: 'admin@fabrikam.test', host: 'autodiscover-s.outlook.com' })
    assert.equal(site.accounts.attempts.length, before)
  })

  it('names a web page in place of EWS', async () => {
    world.leaving.site.troubles.add({ trouble: { kind: 'signInPage' }, operations: ['ResolveNames'] })
    const { checks, learned } = await verified(connectTo(world, world.leaving), somebody)
    assert.equal(learned, undefined)
    assert.equal(
      [...checks.values()].some(({ error }) => error?.code === 'server.protocol'),
      true,
    )
  })

  it('finds nothing at a host that is no Exchange server, and names the step', async () => {
    const { states } = await verified(connectTo(world, world.leaving, { server: { by: 'host', host: 'nowhere.invalid' } }), somebody)
    assert.deepEqual(states, { discovery: 'skipped', address: 'failed' })
    const plain = await verified(connectTo(world, world.leaving, { server: { by: 'url', url: 'http://127.0.0.1/EWS/Exchange.asmx' } }))
    assert.equal(plain.checks.get('address')?.error?.code, 'tls.plaintextRefused')
  })
})

describe('an old Exchange', () => {
  it('is verified with consent to its TLS, and what it lacks is said', async () => {
    const old = { organisation: { release: 'Exchange2010_SP3' }, front: { oldTls: true } } as const
    await using world = await startWorld({ leaving: old })
    const somebody = world.leaving.people[0]?.primarySmtpAddress
    const refused = await verified(connectTo(world, world.leaving), somebody)
    assert.equal(refused.checks.get('tls')?.error?.code, 'tls.handshake')
    const { learned, checks } = await verified(
      connectTo(world, world.leaving, { trust: { caFile: world.caFile, allowOldTls: true } }),
      somebody,
    )
    assert.equal(learned?.organisation, world.leaving.organisation.deploymentId)
    assert.match(checks.get('version')?.detail ?? '', /Exchange 2010 SP3.*no mailbox GUIDs.*receipt/)
  })
})

describe('a server’s build', () => {
  it('is named as people know it', () => {
    assert.match(describeVersion('15.2.2562.17'), /^Exchange Server SE, build/)
    assert.match(describeVersion('15.2.1544.4'), /^Exchange 2019, build 15\.2\.1544\.4$/)
    assert.match(describeVersion('14.0.639.21'), /can’t be exported whole/)
    assert.match(describeVersion('99.1.2.3'), /^Exchange, build/)
  })
})

describe('PowerShell lines', () => {
  it('quote names that hold quotes', () => {
    assert.match(grantAccess({ user: "CORP\\o'hara", access: 'impersonation' }, 'x'), /-User 'CORP\\o''hara'$/)
    // PowerShell takes the typographic apostrophe for a quote, too.
    assert.match(grantAccess({ user: 'o\u2019hara', access: 'impersonation' }, 'x'), /-User \('' \+ 'o' \+ \[char\]0x2019 \+ 'hara'\)$/)
  })
})
