import assert from 'node:assert/strict'
import type { App } from '../../../src/commands/app.ts'
import { codeOf, order, running, until, world } from '../support.ts'

const gated = ['job.queue', 'job.refreshAddresses', 'job.reset'] as const

const refusals = async ({ engine }: App): Promise<readonly string[]> =>
  Promise.all([
    codeOf(engine.call('job.queue', { name: 'Move', delta: false })),
    codeOf(engine.call('job.refreshAddresses', { name: 'Move' })),
    codeOf(engine.call('job.reset', { name: 'Move', mode: 'adopt' })),
  ])

const completed = async ({ engine }: App): Promise<boolean> => {
  const [job] = (await engine.call('job.list', {})).filter(({ name }) => name === 'Move')
  return (job?.states.completed ?? 0) + (job?.states.completedWithDifferences ?? 0) === job?.pairs
}

describe('domain change', function () {
  this.timeout(120_000)

  it('comes to a job that was migrated', async () => {
    const app = await running()
    const { id } = await app.engine.call('connection.show', { name: 'receiving' })
    await app.secrets.set(id, world().receiving.password)
    assert.equal((await app.engine.call('connection.test', { name: id })).verification?.state, 'verified')
    const add = world().leaving.people.map((source, n) => ({ source, target: world().receiving.people[n] ?? source }))
    await app.engine.call('job.save', { job: { name: 'Move', source: 'leaving', target: 'receiving' }, add })
    await app.engine.call('job.queue', { name: 'Move', delta: false })
    await until('it is migrated', () => completed(app), 100_000)
  })

  it('makes the connection stale whose admin went with the domain, and what its job does is refused', async () => {
    const app = await running()
    await order('move')
    const { connections } = await app.engine.call('connection.check', { names: ['leaving', 'receiving'] })
    const states = Object.fromEntries(connections.map(({ connection, verification }) => [connection, verification.state]))
    // The other admin was renamed within domains that are all still there: that a sign-in is refused says no more than that.
    assert.deepEqual(states, { leaving: 'stale', receiving: 'credentialsNeeded' })
    assert.deepEqual(
      await refusals(app),
      gated.map(() => 'stale'),
    )
  })

  it('is over when both were reconfigured to the same organisations', async () => {
    const app = await running()
    const { domain, leaving, receiving } = world()
    const to = (name: string, to: string, text: string) =>
      app.engine.call('connection.reconfigure', {
        name,
        server: { by: 'autodiscover', domain: to, at: world().discovery },
        admin: `admin@${to}`,
        secret: { reference: { editor: true }, text },
      })
    await assert.rejects(to('leaving', domain, receiving.password), { code: 'organisation.different' })
    assert.equal((await to('leaving', leaving.ownDomain, leaving.password)).changed, true)
    assert.equal((await to('receiving', domain, receiving.password)).changed, true)
    const { outcomes } = await app.engine.call('job.refreshAddresses', { name: 'Move' })
    assert.equal(outcomes.refreshed, leaving.people.length + receiving.people.length)
  })

  it('leaves the job to a delta migration that brings what came since', async () => {
    const app = await running()
    await order('deliver/3')
    await app.engine.call('job.queue', { name: 'Move', delta: true })
    await until('it ran', () => completed(app), 100_000)
  })
})
