import assert from 'node:assert/strict'
import { after, before, describe, it } from 'mocha'
import { editMail } from '../../support/exchangeMailbox.ts'
import { mime, received } from './mails.ts'
import { directions, type Servers, scene, startServers } from './scene.ts'

for (const regenerateMime of [false, true]) {
  describe(`verifying, Exchange giving mail back ${regenerateMime ? 'composed anew' : 'byte for byte'}`, () => {
    let servers: Servers
    before(async () => {
      const side = { organisation: { regenerateMime } }
      servers = await startServers({ leaving: side, receiving: side })
    })
    after(() => servers[Symbol.asyncDispose]())

    for (const direction of directions) {
      it(`from ${direction.join(' to ')} finds every message equal, and says in which sense`, async () => {
        await using scenery = await scene(servers, direction)
        const { migration } = scenery
        assert.equal((await migration.run()).state, 'completed')
        const { checked, equal, different, missing, pending, extra, by } = await migration.verify(true)
        assert.deepEqual(
          { checked, equal, different, missing, pending, extra },
          { checked: 13, equal: 13, different: 0, missing: 0, pending: 0, extra: 0 },
        )
        assert.equal(by, direction.some(kind => kind !== 'IMAP') ? 'content' : 'bytes')
        assert.equal((await migration.verify()).by, 'listing')
      })
    }

    it('finds the one that has another text on the target', async () => {
      await using scenery = await scene(servers, ['IMAP', 'Exchange'])
      const { migration, target } = scenery
      await migration.run()
      if (target.store) editMail(target.store, received(2), mime(2, 'Somebody wrote something else.'))
      assert.equal((await migration.verify(true)).different, 1)
    })
  })
}
