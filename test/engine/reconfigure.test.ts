import assert from 'node:assert/strict'
import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { setWanted } from '../../src/ledger/editJobs.ts'
import { findJob } from '../../src/ledger/jobs.ts'
import { claimPair, queuePairs } from '../../src/ledger/leases.ts'
import { openLedger } from '../../src/ledger/openLedger.ts'
import { engineOf } from '../ledger/support.ts'
import { domainMove, migratedMove } from '../support/fakeDomainMove.ts'
import { guidOf, organisation } from '../support/fakeExchange.ts'

const moved = async (people?: readonly string[]) => {
  const move = await migratedMove(people)
  move.moveDomain()
  await move.call('connection.check', {})
  return move
}

const toInterim = { name: 'old', admin: 'admin@interim.example' } as const

describe('reconfiguring a connection', () => {
  it('after its domain moved takes the new admin account, and its jobs go on', async () => {
    await using move = await moved()
    const result = await move.call('connection.reconfigure', toInterim)
    assert.deepEqual([result.evidence, result.changed, await move.state('old')], ['same', true, 'verified'])
    assert.equal(await move.outcome('job.refreshAddresses', { name: 'move' }), 'done')
    const { list } = await move.call('job.start', { name: 'move', delta: true })
    assert.deepEqual(new Set(list.map(({ state }) => state.state)), new Set(['completed']))
  })

  it('tells first which jobs it is done for, and is journalled with old, new and the evidence', async () => {
    await using move = await moved()
    await move.call('connection.reconfigure', toInterim)
    const plan = move.events.find(({ event }) => event === 'reconfiguration')
    assert.deepEqual(plan?.event === 'reconfiguration' && [plan.jobs, plan.running], [['move'], []])
    const entry = (await move.call('journal.list', { limit: 100 })).find(({ what }) => what === 'connection.reconfigured')
    const settings = (user: string) => ({
      kind: 'exchange',
      server: { by: 'host', host: 'mail.old.example' },
      admin: { user, method: 'ntlm', access: 'impersonation' },
    })
    assert.deepEqual(entry?.detail, {
      from: settings('admin@old.example'),
      to: settings('admin@interim.example'),
      organisation: { recorded: 'forest-old', found: 'forest-old' },
      evidence: 'same',
      responsible: false,
      newSecret: false,
      jobs: ['move'],
    })
  })

  it('takes a new server address and a new secret, kept where it is said', async () => {
    await using move = await moved()
    move.old.host = 'mail.interim.example'
    move.old.admin = { ...move.old.admin, password: 'canary-2' }
    writeFileSync(join(move.dir, 'new.secret'), 'canary-2\n', { mode: 0o600 })
    const secret = { reference: { file: join(move.dir, 'new.secret') } }
    await move.call('connection.reconfigure', { ...toInterim, server: { by: 'host', host: 'mail.interim.example' }, secret })
    const { settings, secret: kept } = await move.call('connection.show', { name: 'old' })
    assert.deepEqual(
      [settings.kind === 'exchange' && settings.server, kept],
      [{ by: 'host', host: 'mail.interim.example' }, secret.reference],
    )
  })

  it('only tells what would be done with check', async () => {
    await using move = await moved()
    const before = await move.call('connection.show', { name: 'old' })
    assert.equal((await move.call('connection.reconfigure', { ...toInterim, check: true })).changed, false)
    assert.deepEqual(await move.call('connection.show', { name: 'old' }), before)
  })

  it('to another organisation is refused, whatever name is typed', async () => {
    await using move = await moved()
    const other = organisation('other', ['anna'])
    Object.assign(move.network, { organisations: [...move.network.organisations, other] })
    const file = join(move.dir, 'other.secret')
    writeFileSync(file, other.admin.password, { mode: 0o600 })
    const params = {
      name: 'old',
      server: { by: 'host', host: other.host },
      admin: other.admin.user,
      secret: { reference: { file } },
      responsible: 'old',
    } as const
    assert.equal(await move.outcome('connection.reconfigure', params), 'organisation.different')
    assert.equal(await move.state('old'), 'stale')
  })

  it('to a copy of the forest without the mailboxes proves nothing: refused, unless the name is typed', async () => {
    await using move = await moved()
    move.old.mailboxes.clear()
    assert.equal(await move.outcome('connection.reconfigure', toInterim), 'organisation.unproven')
    assert.equal(await move.outcome('connection.reconfigure', { ...toInterim, responsible: 'Old' }), 'organisation.unproven')
    assert.equal((await move.call('connection.reconfigure', { ...toInterim, responsible: 'old' })).evidence, 'unproven')
    const entry = (await move.call('journal.list', { limit: 100 })).find(({ what }) => what === 'connection.reconfigured')
    assert.deepEqual([entry?.detail?.['evidence'], entry?.detail?.['responsible']], ['unproven', true])
  })

  it('of a connection that was never verified proves nothing either', async () => {
    await using move = await domainMove()
    assert.equal(await move.outcome('connection.reconfigure', { name: 'old' }), 'organisation.unproven')
  })

  it('with a refused sign-in changes nothing', async () => {
    await using move = await moved()
    const before = await move.call('connection.show', { name: 'old' })
    assert.equal(await move.outcome('connection.reconfigure', { ...toInterim, admin: 'wrong@interim.example' }), 'signIn.refused')
    assert.deepEqual(await move.call('connection.show', { name: 'old' }), before)
  })

  it('waits until no job runs: refused with the job’s name, or stopped and waited for', async () => {
    await using move = await moved()
    const ledger = await openLedger(join(move.dir, 'ledger.db'))
    const engine = await engineOf(ledger, 2000)
    await move.call('connection.reconfigure', toInterim)
    await ledger.write(async tx => {
      const job = await findJob(tx, 'move')
      await setWanted(tx, job.id, 'run')
      await queuePairs(tx, job.id)
    })
    await claimPair(ledger, engine)
    assert.equal(await move.outcome('connection.reconfigure', toInterim), 'job.running')
    // The engine is dead: its lease ends after two seconds.
    const result = await move.call('connection.reconfigure', { ...toInterim, stopJobs: true })
    assert.equal(result.changed, true)
    assert.equal((await findJob(ledger.db, 'move')).wanted, 'stop')
    await ledger[Symbol.asyncDispose]()
  })
})

describe('refreshing addresses', () => {
  const outcomes = (events: readonly object[]) =>
    events.flatMap(event =>
      'outcome' in event && 'side' in event && 'mailbox' in event ? [`${event.side} ${event.mailbox}: ${event.outcome}`] : [],
    )

  it('finds every mailbox by its id, wherever its address went, and says of each what became of it', async () => {
    await using move = await moved()
    await move.call('connection.reconfigure', toInterim)
    move.old.mailboxes.delete(guidOf('old', 1))
    move.old.ambiguous.set('/o=old/cn=carl', ['carl@interim.example', 'carl2@interim.example'])
    move.events.length = 0
    const result = await move.call('job.refreshAddresses', { name: 'move' })
    assert.deepEqual(result.outcomes, { refreshed: 4, unchanged: 0, notFound: 1, ambiguous: 1, failed: 0 })
    assert.deepEqual(outcomes(move.events).toSorted(), [
      'source anna@old.example: refreshed',
      'source bert@old.example: notFound',
      'source carl@old.example: ambiguous',
      'target anna@new.example: refreshed',
      'target bert@new.example: refreshed',
      'target carl@new.example: refreshed',
    ])
    const { list } = await move.call('job.status', { name: 'move' })
    assert.deepEqual(
      list.map(({ source, target }) => [source.address, target.address]),
      [
        ['anna@interim.example', 'anna@old.example'],
        ['bert@old.example', 'bert@old.example'],
        ['carl@old.example', 'carl@old.example'],
      ],
    )
    assert.deepEqual(list[0]?.source.formerly, ['anna@old.example'])
  })

  it('finds nothing to do the second time, and journals what it did the first', async () => {
    await using move = await moved(['anna'])
    await move.call('connection.reconfigure', toInterim)
    await move.call('job.refreshAddresses', { name: 'move' })
    assert.deepEqual((await move.call('job.refreshAddresses', { name: 'move' })).outcomes.unchanged, 2)
    const entries = (await move.call('journal.list', { limit: 100 })).filter(({ what }) => what === 'pair.addressRefreshed')
    assert.equal(entries.length, 2)
  })

  it('can be asked for one mailbox, by its former name too', async () => {
    await using move = await moved()
    await move.call('connection.reconfigure', toInterim)
    await move.call('job.refreshAddresses', { name: 'move', mailboxes: ['anna@old.example'] })
    const { outcomes } = await move.call('job.refreshAddresses', { name: 'move', mailboxes: ['anna@interim.example'] })
    assert.equal(outcomes.unchanged, 2)
  })

  it('never takes who has an address now for the mailbox that had it, where no id is known', async () => {
    await using move = await domainMove(['anna'])
    move.old.mailboxes.set(guidOf('old', 0), { address: 'other@old.example', dn: '/o=old/cn=other' })
    const { outcomes } = await move.call('job.refreshAddresses', { name: 'move' })
    assert.deepEqual([outcomes.notFound, outcomes.unchanged], [1, 1])
  })
})
