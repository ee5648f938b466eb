import assert from 'node:assert/strict'
import type { Recorded } from '../../../src/domain/connection.ts'
import { judge } from '../../../src/domain/staleness.ts'
import { never } from '../imap/support.ts'
import { byAutodiscover, type Change, connectTo, exchangeConnection, recordedBy, startWorld, type World } from './sandboxSupport.ts'
import { canary } from './support.ts'

const at = '2026-02-01T00:00:00.000Z'

describe('checking an Exchange connection', () => {
  let world: World
  let recorded: Recorded
  beforeEach(async () => {
    world = await startWorld()
    const [somebody] = world.leaving.people
    recorded = await recordedBy(connectTo(world, world.leaving, { server: byAutodiscover(world) }), somebody?.primarySmtpAddress)
  })
  afterEach(() => world[Symbol.asyncDispose]())

  const change = (more: Change = {}): Change => ({ server: byAutodiscover(world), recorded, ...more })
  const seen = (more: Change = {}) => connectTo(world, world.leaving, change(more)).observe(recorded, never)
  const judged = async (more: Change = {}) => judge(exchangeConnection(world, world.leaving, change(more)), { at, ...(await seen(more)) })

  it('finds what was recorded as long as nothing changed', async () => {
    const { at: _, ...rest } = recorded
    assert.deepEqual(await seen(), { signIn: 'accepted', user: 'admin@fabrikam.test', found: rest })
  })

  it('finds out that the administrator was renamed with the domain, whose account still signs in', async () => {
    const user = `${world.leaving.site.ad.netbios}\\${world.leaving.admin.samAccountName}`
    world.moveDomain()
    const verdict = await judged({ admin: { user } })
    assert.equal('reason' in verdict && verdict.reason, 'adminAddressChanged')
  })

  it('infers from a refused sign-in that the domain is gone, with one attempt at the recorded server and none elsewhere', async () => {
    const { user, password } = { user: world.leaving.admin.userPrincipalName, password: world.leaving.admin.password }
    world.moveDomain()
    const [here, there] = [world.leaving.site.accounts.attempts, world.receiving.site.accounts.attempts]
    const before = [here.length, there.length] as const
    assert.deepEqual(await seen({ admin: { user }, password }), { signIn: 'refused', user, acceptedDomains: ['fabrikam-old.test'] })
    assert.deepEqual([here.length - before[0], there.length - before[1]], [1, 0])
    const verdict = await judged({ admin: { user }, password })
    assert.equal('reason' in verdict && verdict.reason, 'signInRefusedDomainGone')
  })

  it('calls a wrong password nothing but that', async () => {
    const found = await seen({ password: canary })
    assert.deepEqual(found, { signIn: 'refused', user: 'admin@fabrikam.test' })
  })

  it('sees that discovery leads elsewhere when the recorded server is dead, and signs in nowhere', async () => {
    const user = world.leaving.admin.userPrincipalName
    world.moveDomain()
    await world.leaving[Symbol.asyncDispose]()
    const before = world.receiving.site.accounts.attempts.length
    const { signIn, cause, discovery } = await seen({ admin: { user } })
    assert.equal(signIn, undefined)
    assert.match(cause ?? '', /refused the connection/)
    assert.deepEqual(discovery, { recorded: `127.0.0.1:${world.leaving.port}`, now: `127.0.0.1:${world.receiving.port}` })
    assert.equal(world.receiving.site.accounts.attempts.length, before)
    const verdict = await judged({ admin: { user } })
    assert.equal('reason' in verdict && verdict.reason, 'addressMoved')
  })

  it('calls a dead server unreachable where discovery still leads to it', async () => {
    await world.leaving[Symbol.asyncDispose]()
    const verdict = await judged()
    assert.equal('state' in verdict && verdict.state, 'unreachable')
  })

  it('never signs in at a server that only discovery knows', async () => {
    const before = world.leaving.site.accounts.attempts.length
    const { cause } = await connectTo(world, world.leaving, { server: byAutodiscover(world) }).observe(undefined, never)
    assert.match(cause ?? '', /never verified/)
    assert.equal(world.leaving.site.accounts.attempts.length, before)
  })
})
