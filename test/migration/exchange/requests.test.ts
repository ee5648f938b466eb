import assert from 'node:assert/strict'
import { after, before, describe, it } from 'mocha'
import type { MailSession } from '../../../src/servers/mailServer.ts'
import { putMail } from '../../support/exchangeMailbox.ts'
import { mime, received } from './mails.ts'
import { type Interference, type Scene, type Servers, scene, startServers } from './scene.ts'

/** 500 small messages in 20 folders, as most folders of a mailbox are: too small to fill requests. */
const folders = 20
const perFolder = 25

function fill({ source }: Scene): number {
  const { store } = source
  if (!store) throw new Error('no store')
  for (let folder = 0; folder < folders; folder++)
    for (let n = 0; n < perFolder; n++) {
      const number = 1000 + folder * perFolder + n
      putMail(store, ['Projects', `Number ${folder}`], { mime: mime(number), received: received(number) })
    }
  return folders * perFolder
}

/** A person changes an item in the moment between its being listed and its being read. */
const changesWhatWasListed = (flags: readonly string[]): Interference => {
  let changed = false
  return (session): Partial<MailSession> => ({
    async *read(folder, keys, options) {
      const [key] = keys
      if (!changed && key !== undefined) {
        changed = true
        await session.setFlags(folder, [{ key, flags }], { signal: options.signal, deadline: () => Number.POSITIVE_INFINITY })
      }
      yield* session.read(folder, keys, options)
    },
  })
}

describe('a migration between Exchange servers', () => {
  let servers: Servers
  before(async () => {
    servers = await startServers()
  })
  after(() => servers[Symbol.asyncDispose]())

  it('copies, marks and reads back what is in many small folders with few requests', async () => {
    await using scenery = await scene(servers, ['Exchange', 'Exchange'])
    const { migration, source, target } = scenery
    const written = fill(scenery)
    const { leaving, receiving } = servers.sandbox
    for (const side of [leaving, receiving]) side.site.requests.length = 0
    assert.equal((await migration.run()).state, 'completed')
    const times = (operation: string) =>
      [leaving, receiving].flatMap(({ site }) => site.requests).filter(request => request.operation === operation).length
    assert.deepEqual(await target.view(), await source.view())
    assert.ok(written >= 500)
    assert.ok(times('UpdateItem') <= 4, `${times('UpdateItem')} requests to mark the items`)
    assert.ok(times('GetItem') <= 3, `${times('GetItem')} requests to read them back`)
    const all = [leaving, receiving].flatMap(({ site }) => site.requests).filter(({ operation }) => operation !== '').length
    assert.ok(all / written < 0.18, `${all} requests for ${written} items`)
  })

  it('gives an item the flags that were listed, so that the next run carries over what became of them', async () => {
    const options = { interfere: changesWhatWasListed(['\\Flagged']), interferedRole: 'source' } as const
    await using scenery = await scene(servers, ['Exchange', 'Exchange'], options)
    const { migration, source, target } = scenery
    assert.equal((await migration.run()).state, 'completed')
    assert.notDeepEqual(await target.view(), await source.view())
    assert.equal((await migration.run()).state, 'completed')
    assert.deepEqual(await target.view(), await source.view())
  })
})
