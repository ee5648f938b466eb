import assert from 'node:assert/strict'
import { after, before, describe, it } from 'mocha'
import { directions, type Servers, scene, startServers } from './scene.ts'

describe('a migration', () => {
  let servers: Servers
  before(async () => {
    servers = await startServers()
  })
  after(() => servers[Symbol.asyncDispose]())

  for (const direction of directions) {
    it(`from ${direction.join(' to ')} brings every message over with its content, flags, categories and date, once`, async () => {
      await using scenery = await scene(servers, direction)
      const { migration, source, target } = scenery
      assert.equal((await migration.run()).state, 'completed')
      assert.deepEqual(await target.view(), await source.view())
      assert.equal((await migration.run()).state, 'completed')
      assert.deepEqual(await target.view(), await source.view())
    })
  }
})
