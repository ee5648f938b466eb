import assert from 'node:assert/strict'
import { running, toSandbox, world } from '../support.ts'

describe('secrets', () => {
  it('reach the engine from SecretStorage when a sign-in needs them, and not before', async () => {
    const { engine, secrets } = await running()
    const { id } = await engine.call('connection.save', { connection: toSandbox('leaving', 'source', world().leaving) })
    assert.equal((await engine.call('connection.test', { name: id })).recorded, undefined)
    await secrets.set(id, world().leaving.password)
    const { verification } = await engine.call('connection.test', { name: id })
    assert.equal(verification?.state, 'verified')
  })

  it('are gone when they were deleted', async () => {
    const { engine, secrets } = await running()
    const { id } = await engine.call('connection.save', { connection: toSandbox('receiving', 'target', world().receiving) })
    await secrets.set(id, world().receiving.password)
    await secrets.delete(id)
    assert.equal((await engine.call('connection.test', { name: id })).recorded, undefined)
  })

  it('stand neither in what the engine answers nor in what is exported', async () => {
    const { engine } = await running()
    const told = JSON.stringify([
      await engine.call('connection.list', {}),
      await engine.call('plan.export', {}),
      await engine.call('journal.list', { limit: 1000 }),
    ])
    assert.ok(!told.includes(world().leaving.password))
  })
})
