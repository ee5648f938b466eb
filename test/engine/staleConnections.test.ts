import assert from 'node:assert/strict'
import { domainMove, migratedMove } from '../support/fakeDomainMove.ts'
import { guidOf } from '../support/fakeExchange.ts'

const operations = [
  ['job.start', { name: 'move', delta: false }],
  ['job.start', { name: 'move', delta: true }],
  ['job.refreshAddresses', { name: 'move' }],
  ['job.reset', { name: 'move', mode: 'forget' }],
  ['job.reset', { name: 'move', mode: 'remove' }],
  ['job.reset', { name: 'move', mode: 'adopt' }],
  ['job.acceptReplacement', { name: 'move' }],
] as const

describe('a run', () => {
  it('learns who its mailboxes are, and then knows them by their ids', async () => {
    await using move = await migratedMove(['anna'])
    const [pair] = (await move.call('job.status', { name: 'move' })).list
    assert.deepEqual(pair?.source, { address: 'anna@old.example', id: guidOf('old', 0), legacyExchangeDN: '/o=old/cn=anna' })
    assert.deepEqual(pair?.target.id, guidOf('new', 0))
  })

  it('records what an unverified connection leads to, before anything is migrated', async () => {
    await using move = await domainMove()
    await move.call('job.start', { name: 'move', delta: false })
    assert.deepEqual([await move.state('old'), await move.state('new')], ['verified', 'verified'])
  })

  it('stops where another organisation answers than was recorded', async () => {
    await using move = await migratedMove()
    Object.assign(move.new, { deployment: 'forest-other' })
    assert.equal(await move.outcome('job.start', { name: 'move', delta: true }), 'organisation.different')
    assert.equal(await move.state('new'), 'verified')
  })

  it('stops where a mailbox’s address leads to somebody else now, and says where it went', async () => {
    await using move = await migratedMove(['anna', 'bert'])
    move.old.mailboxes.set(guidOf('old', 0), { address: 'anna.b@old.example', dn: '/o=old/cn=anna' })
    move.old.mailboxes.set('ffffffff-0000-0000-0000-000000000000', { address: 'anna@old.example', dn: '/o=old/cn=anna2' })
    const { list } = await move.call('job.start', { name: 'move', delta: true })
    const [anna, bert] = list.map(({ state }) => state)
    assert.deepEqual(anna?.state === 'waiting' && anna.error, {
      code: 'mailbox.readdressed',
      params: { mailbox: 'anna@old.example', connection: 'old', now: 'anna.b@old.example' },
    })
    assert.equal(bert?.state, 'completed')
  })

  it('stops at a mailbox that was deleted and made anew, until a person accepts it', async () => {
    await using move = await migratedMove(['anna'])
    move.new.mailboxes.clear()
    move.new.mailboxes.set(guidOf('new', 7), { address: 'anna@new.example', dn: '/o=new/cn=anna7' })
    const stopped = await move.call('job.start', { name: 'move', delta: true })
    assert.equal(stopped.list[0]?.state.state === 'waiting' && stopped.list[0].state.error.code, 'mailbox.replaced')
    assert.deepEqual(await move.call('job.acceptReplacement', { name: 'move' }), { pairs: 1 })
    const { list } = await move.call('job.start', { name: 'move', delta: false })
    assert.deepEqual([list[0]?.state.state, list[0]?.target.id], ['completed', guidOf('new', 7)])
    assert.deepEqual(await move.call('job.acceptReplacement', { name: 'move' }), { pairs: 0 })
  })
})

describe('a connection after a domain change', () => {
  it('is found stale by a check: its admin is refused and its domain is elsewhere', async () => {
    await using move = await migratedMove()
    move.moveDomain()
    const { connections } = await move.call('connection.check', {})
    assert.deepEqual(
      connections.map(({ connection, verification }) => [
        connection,
        verification.state === 'stale' ? verification.reason : verification.state,
      ]),
      [
        ['new', 'verified'],
        ['old', 'signInRefusedDomainGone'],
      ],
    )
  })

  it('is found stale where the admin signs in under another primary address than recorded', async () => {
    await using move = await migratedMove()
    move.old.admin = { ...move.old.admin, address: 'admin@interim.example' }
    await move.call('connection.check', { names: ['old'] })
    assert.equal(await move.state('old'), 'stale')
  })

  it('is found stale where its server is gone and discovery leads elsewhere; unreachable where it doesn’t', async () => {
    await using move = await migratedMove()
    move.old.up = false
    await move.call('connection.check', { names: ['old'] })
    assert.equal(await move.state('old'), 'unreachable')
    move.network.discovery.set('old.example', move.new.host)
    await move.call('connection.check', { names: ['old'] })
    assert.equal(await move.state('old'), 'stale')
  })

  it('is found stale by the next run, which doesn’t begin', async () => {
    await using move = await migratedMove()
    move.moveDomain()
    assert.equal(await move.outcome('job.start', { name: 'move', delta: true }), 'stale')
  })

  it('is stale when a person declares it, until that is taken back', async () => {
    await using move = await migratedMove()
    const { connections, others } = await move.call('domain.declare', { domain: 'OLD.example' })
    assert.deepEqual(others, [{ connection: 'new', role: 'target', reason: 'Nothing of it depends on OLD.example.' }])
    assert.deepEqual(
      connections.map(({ connection, because, marked }) => [connection, because, marked]),
      [['old', ['admin', 'host'], true]],
    )
    assert.equal(await move.state('new'), 'verified')
    await move.call('domain.declare', { domain: 'old.example', undo: true })
    assert.equal(await move.state('old'), 'verified')
    const declared = (await move.call('journal.list', { limit: 100 })).map(({ what }) => what).filter(what => what.startsWith('domain.'))
    assert.deepEqual(declared, ['domain.declared', 'domain.declarationUndone'])
  })

  for (const [method, params] of operations) {
    it(`refuses ${method} ${JSON.stringify(params)} of its jobs`, async () => {
      await using move = await migratedMove()
      await move.call('domain.declare', { domain: 'new.example' })
      assert.equal(await move.outcome(method, params), 'stale')
    })
  }

  it('is in need of credentials, not stale, where only its password is wrong', async () => {
    await using move = await migratedMove()
    move.old.admin = { ...move.old.admin, password: 'changed' }
    await move.call('connection.check', {})
    assert.equal(await move.state('old'), 'credentialsNeeded')
  })

  it('is no more verified than before by a test, as long as the change is declared', async () => {
    await using move = await migratedMove()
    await move.call('domain.declare', { domain: 'old.example' })
    const { verification } = await move.call('connection.test', { name: 'old' })
    assert.equal(verification?.state, 'stale')
  })

  it('that leads to another organisation in a test is refused, and keeps what was recorded', async () => {
    await using move = await migratedMove()
    Object.assign(move.old, { deployment: 'forest-other' })
    assert.equal(await move.outcome('connection.test', { name: 'old' }), 'organisation.different')
    assert.equal(await move.state('old'), 'verified')
  })
})

describe('a domain change in mid-run', () => {
  it('ends the run: the mailbox that met it waits with the reason, the others are left for the next, and nobody asks again', async () => {
    await using move = await migratedMove()
    move.old.onOpen = address => {
      if (address === 'bert@old.example') move.moveDomain()
    }
    await move.call('plan.apply', { file: move.planFile({ limits: { pairsAtOnce: 1 } }) })
    const { endedBy, list, wanted } = await move.call('job.start', { name: 'move', delta: true })
    assert.deepEqual(
      list.map(({ source, state }) => [source.address, state.state === 'waiting' ? `${state.for}: ${state.error.code}` : state.state]),
      [
        ['anna@old.example', 'completed'],
        ['bert@old.example', 'person: stale'],
        ['carl@old.example', 'stopped'],
      ],
    )
    assert.deepEqual([endedBy?.code, wanted, await move.state('old')], ['stale', 'stop', 'stale'])
    assert.equal(move.old.signIns.filter(({ accepted }) => !accepted).length, 1)
  })

  it('that is only declared lets a run go on that has begun', async () => {
    await using move = await migratedMove()
    let declared: Promise<unknown> | undefined
    move.old.onOpen = () => {
      declared ??= move.call('domain.declare', { domain: 'old.example' })
    }
    const { list } = await move.call('job.start', { name: 'move', delta: true })
    await declared
    assert.deepEqual(new Set(list.map(({ state }) => state.state)), new Set(['completed']))
    assert.equal(await move.outcome('job.start', { name: 'move', delta: true }), 'stale')
  })
})

describe('a secret that was refused', () => {
  const refusals = (signIns: readonly { accepted: boolean }[]) => signIns.filter(({ accepted }) => !accepted).length

  it('is tried once, by whatever process asks whatever, until a person gives another', async () => {
    await using move = await migratedMove()
    move.old.admin = { ...move.old.admin, password: 'canary-rotated' }
    for (let n = 0; n < 3; n++) {
      await move.call('connection.check', {})
      await move.outcome('job.start', { name: 'move', delta: true })
      await move.outcome('job.refreshAddresses', { name: 'move' })
      await move.outcome('connection.mailboxes', { name: 'old', find: 'a' })
    }
    assert.equal(refusals(move.old.signIns), 1)
    move.givePassword('old', 'canary-rotated')
    await move.call('connection.check', {})
    assert.deepEqual([await move.state('old'), refusals(move.old.signIns)], ['verified', 1])
  })

  it('is tried once too where the connection was declared stale before', async () => {
    await using move = await migratedMove()
    await move.call('domain.declare', { domain: 'old.example' })
    move.moveDomain()
    for (let n = 0; n < 3; n++) await move.call('connection.check', {})
    assert.equal(refusals(move.old.signIns), 1)
  })

  it('tells without being tried again that the domain has left meanwhile', async () => {
    await using move = await migratedMove()
    move.old.admin = { ...move.old.admin, password: 'changed' }
    await move.call('connection.check', {})
    move.moveDomain()
    await move.call('connection.check', {})
    assert.deepEqual([await move.state('old'), refusals(move.old.signIns)], ['stale', 1])
  })

  it('never goes to a host that was not recorded: not by a check, nor by a run', async () => {
    await using move = await migratedMove()
    const before = move.new.signIns.length
    move.old.up = false
    move.moveDomain()
    await move.call('connection.check', { names: ['old'] })
    await move.outcome('job.start', { name: 'move', delta: true })
    assert.deepEqual(
      move.new.signIns.slice(before).filter(({ user }) => user !== move.new.admin.user),
      [],
    )
  })

  it('stands neither in the ledger nor in any event', async () => {
    await using move = await migratedMove()
    move.moveDomain()
    await move.call('connection.check', {})
    assert.doesNotMatch(JSON.stringify(move.events), /canary/)
    assert.doesNotMatch(move.ledgerText(), /canary/)
  })
})
