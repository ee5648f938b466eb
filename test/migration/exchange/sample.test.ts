import assert from 'node:assert/strict'
import { after, before, describe, it } from 'mocha'
import type { OutgoingItem } from '../../../src/servers/mailServer.ts'
import { type Interference, type Kind, type Servers, scene, startServers } from './scene.ts'

/** A target that stores other texts than it is given, of the same dates: a listing shows nothing of it. */
const spoiling: Interference = session => ({
  write: (folder, items, options) => session.write(folder, items.map(spoiled), options),
})

const spoiled = (item: OutgoingItem): OutgoingItem => {
  if (item.format !== 'rfc822' || !('chunks' in item.content)) return item
  const bytes = Buffer.from(
    Buffer.concat([...item.content.chunks])
      .toString('latin1')
      .replace(/^Subject: /im, 'Subject: Other '),
    'latin1',
  )
  return { ...item, content: { size: bytes.length, chunks: [bytes] } }
}

describe('a run reads the content of a few messages back', () => {
  let servers: Servers
  before(async () => {
    servers = await startServers()
  })
  after(() => servers[Symbol.asyncDispose]())

  for (const direction of [
    ['IMAP', 'Office 365'],
    ['Exchange', 'Office 365'],
    ['IMAP', 'Exchange'],
  ] as const satisfies readonly (readonly [Kind, Kind])[]) {
    it(`from ${direction.join(' to ')}: what the target made something else of is no match`, async () => {
      await using spoilt = await scene(servers, direction, { interfere: spoiling })
      const state = await spoilt.migration.run()
      assert.equal(state.state, 'completedWithDifferences')
      assert.ok(state.state === 'completedWithDifferences' && state.differences >= 1)
      await using sound = await scene(servers, direction)
      assert.equal((await sound.migration.run()).state, 'completed')
    })
  }
})
