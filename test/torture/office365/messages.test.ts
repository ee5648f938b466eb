import assert from 'node:assert/strict'
import { after, before, describe, it } from 'mocha'
import { type Scene, type Servers, scene, startServers } from '../../migration/exchange/scene.ts'
import { putMail } from '../../support/exchangeMailbox.ts'
import { seedMailbox } from '../../support/mailbox.ts'
import { type TortureMessage, tortureMessages } from '../messages.ts'
import { oddMime } from '../oddMime.ts'

/** Beside those that every scene has. */
const messages = (): TortureMessage[] => [...tortureMessages(), ...oddMime()]
const others = 13

/** There is no message in it, as Exchange Online sees it too. */
const isNone = ({ what }: TortureMessage): boolean => what === 'nothing but an empty line'

/** Dovecot has no dates from 2038 on, which is told elsewhere. */
function fill({ source }: Scene): void {
  const { store } = source
  assert.ok(store)
  for (const [index, message] of messages().entries()) {
    if (!isNone(message)) putMail(store, ['Odd'], { mime: Buffer.from(message.body), received: 1_600_000_000_000 + 1000 * index })
  }
}

async function compared({ migration }: Scene) {
  const { equal, different, missing, extra } = await migration.verify(true)
  return { equal, different, missing, extra }
}

describe('mails that are hard to move, with Office 365', function () {
  this.timeout(120_000)
  let servers: Servers
  before(async () => {
    servers = await startServers()
  })
  after(() => servers[Symbol.asyncDispose]())

  it('read the same there when they come from IMAP; what is too long, reduced or other is named', async () => {
    await using scenery = await scene(servers, ['IMAP', 'Office 365'])
    const { migration, source } = scenery
    await seedMailbox(servers.imap, source.address, [{ path: ['Odd'], messages: messages() }])
    const state = await migration.run()
    assert.deepEqual([state.state, 'differences' in state && state.differences], ['completedWithDifferences', 1])
    assert.deepEqual((await migration.reasons()).sort(), ['item.reduced', 'item.reduced', 'item.textTooLarge'])
    const equal = others + messages().length - ['a line of 10 MB', 'every header twice'].length
    assert.deepEqual(await compared(scenery), { equal, different: 1, missing: 0, extra: 0 }, 'a message has one sender there')
  })

  for (const to of ['Office 365', 'Exchange', 'IMAP'] as const) {
    it(`arrive on ${to} as Graph gives them, each once`, async () => {
      await using scenery = await scene(servers, ['Office 365', to])
      fill(scenery)
      assert.equal((await scenery.migration.run()).state, 'completed')
      assert.deepEqual(await compared(scenery), { equal: others + messages().length - 1, different: 0, missing: 0, extra: 0 })
    })
  }
})
