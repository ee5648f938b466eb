import assert from 'node:assert/strict'
import { type DomainMove, domainMove, migratedMove } from '../support/fakeDomainMove.ts'

const domain = 'old.example'

/** The state of each step of the domain's cutover. */
async function states(move: DomainMove): Promise<Readonly<Record<string, string>>> {
  const [answer, ...more] = await move.call('cutover.status', { domains: [domain] })
  assert.deepEqual(more, [])
  assert.deepEqual([answer?.domain, answer?.jobs, answer?.live], [domain, ['move'], false])
  return Object.fromEntries((answer?.steps ?? []).map(({ id, state }) => [id, state]))
}

const pick = (all: Readonly<Record<string, string>>, ...ids: string[]) => ids.map(id => all[id])

describe('the cutover of a domain', () => {
  it('is followed by facts from the first test to the last comparison', async () => {
    await using move = await domainMove()
    assert.deepEqual(pick(await states(move), 'testConnections', 'lastDelta'), ['open', 'open'])
    for (const name of ['old', 'new']) await move.call('connection.test', { name })
    await move.call('job.start', { name: 'move', delta: false })
    const before = await states(move)
    assert.deepEqual(pick(before, 'testConnections', 'lastDelta', 'whoUses', 'declare', 'delta'), [
      'done',
      'done',
      'open',
      'open',
      'blocked',
    ])
    assert.deepEqual(pick(before, 'removeDomain', 'addDomain'), ['open', 'open'])

    await move.call('domain.declare', { domain })
    assert.deepEqual(pick(await states(move), 'declare', 'reconfigureSource', 'reconfigureTarget'), ['done', 'open', 'notNeeded'])
    move.moveDomain()
    await move.call('connection.reconfigure', { name: 'old', admin: 'admin@interim.example' })
    const reconfigured = await states(move)
    assert.deepEqual(pick(reconfigured, 'declare', 'reconfigureSource', 'removeDomain'), ['done', 'done', 'done'])
    assert.deepEqual(pick(reconfigured, 'lastDelta', 'refreshAddresses', 'delta', 'verify'), ['done', 'open', 'open', 'blocked'])

    await move.call('job.refreshAddresses', { name: 'move' })
    assert.deepEqual(pick(await states(move), 'refreshAddresses', 'whoUses', 'delta'), ['done', 'done', 'open'])
    await move.call('job.start', { name: 'move', delta: true })
    assert.deepEqual(pick(await states(move), 'delta', 'verify'), ['done', 'open'])
    await move.call('job.verify', { name: 'move' })
    assert.deepEqual(pick(await states(move), 'lastDelta', 'delta', 'verify', 'endMirroring'), ['done', 'done', 'done', 'notNeeded'])
  })

  it('sees what a check found without a declaration, and a mailbox that a refresh didn’t find', async () => {
    await using move = await migratedMove()
    move.moveDomain()
    await move.call('connection.check', {})
    assert.deepEqual(pick(await states(move), 'declare', 'reconfigureSource', 'delta'), ['done', 'open', 'blocked'])
    await move.call('connection.reconfigure', { name: 'old', admin: 'admin@interim.example' })
    const [gone = ''] = move.old.mailboxes.keys()
    move.old.mailboxes.delete(gone)
    await move.call('job.refreshAddresses', { name: 'move' })
    assert.deepEqual(pick(await states(move), 'reconfigureSource', 'refreshAddresses'), ['done', 'open'])
  })

  it('keeps what a person ticked, by domain, until it is taken back; journalled', async () => {
    await using move = await domainMove()
    const tick = { domain: 'Old.Example.', step: 'renameUsers' } as const
    await move.call('cutover.tick', { ...tick, done: true, note: 'by Ines' })
    await move.call('cutover.tick', { domain: 'other.example', step: 'renameUsers', done: true })
    assert.equal((await states(move))['renameUsers'], 'done')
    const [answer] = await move.call('cutover.status', { domains: [domain] })
    assert.equal(answer?.steps.find(({ id }) => id === 'renameUsers')?.tick?.note, 'by Ines')
    await move.call('cutover.tick', { ...tick, done: false })
    assert.equal((await states(move))['renameUsers'], 'open')
    const journal = await move.call('journal.list', { limit: 100 })
    assert.deepEqual(
      journal.filter(({ what }) => what.startsWith('cutover.')).map(({ what, detail }) => [what, detail?.['domain']]),
      [
        ['cutover.ticked', 'old.example'],
        ['cutover.ticked', 'other.example'],
        ['cutover.tickTakenBack', 'old.example'],
      ],
    )
  })

  it('is told of each domain that a job’s source depends on, where none is named', async () => {
    await using move = await domainMove()
    await move.call('cutover.tick', { domain: 'third.example', step: 'addDomain', done: true })
    const answers = await move.call('cutover.status', {})
    assert.deepEqual(
      answers.map(answer => answer.domain),
      ['old.example'],
    )
  })
})
