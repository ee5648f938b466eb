import assert from 'node:assert/strict'
import { connect } from 'node:net'
import { mailboxOf } from '../../src/sandbox/exchange/organisation.ts'
import { keys, textOf } from '../../src/sandbox/exchange/properties.ts'
import { startSandbox } from '../../src/sandbox/world.ts'

const answers = (port: number): Promise<boolean> =>
  new Promise(resolve => {
    const socket = connect(port, '127.0.0.1', () => {
      socket.destroy()
      resolve(true)
    })
    socket.on('error', () => resolve(false))
  })

describe('the sandbox', () => {
  it('starts two organisations of the same people, and leaves no port open', async () => {
    let ports: number[] = []
    {
      await using sandbox = await startSandbox({ people: 4 })
      const { leaving, receiving, discovery } = sandbox
      assert.deepEqual(
        leaving.people.map(({ displayName }) => displayName),
        receiving.people.map(({ displayName }) => displayName),
      )
      assert.notEqual(leaving.organisation.deploymentId, receiving.organisation.deploymentId)
      ports = [leaving.port, receiving.port, discovery.port, Number(new URL(discovery.plainUrl).port)]
      assert.deepEqual(await Promise.all(ports.map(answers)), [true, true, true, true])
    }
    assert.deepEqual(await Promise.all(ports.map(answers)), [false, false, false, false])
  })

  it('answers plain HTTP with the redirect of Autodiscover and nothing else', async () => {
    await using sandbox = await startSandbox({ people: 0 })
    const { status, headers } = await fetch(sandbox.discovery.plainUrl, { redirect: 'manual' })
    assert.deepEqual([status, headers.get('location')], [302, sandbox.discovery.url])
    assert.equal((await fetch(sandbox.discovery.plainUrl, { method: 'POST' })).status, 404)
  })

  it('fills the leaving organisation’s mailboxes alike for the same seed, and leaves the receiving one’s empty', async () => {
    const contents = async () => {
      await using sandbox = await startSandbox({ people: 2, messagesEach: 60 })
      const { leaving, receiving } = sandbox
      const of = ({ organisation, people }: typeof leaving) => people.map(person => mailboxOf(organisation, person))
      assert.ok(of(receiving).every(mailbox => mailbox?.items.size === 0))
      return of(leaving).map(mailbox =>
        [...(mailbox?.folders.values() ?? [])].map(({ displayName, items }) => [
          displayName,
          ...[...items.values()].map(({ itemClass, size, properties }) => `${itemClass} ${size} ${textOf(properties, keys.messageFlags)}`),
        ]),
      )
    }
    const [first, second] = [await contents(), await contents()]
    assert.deepEqual(first, second)
    const classes = new Set(first.flat(2).map(text => text.split(' ')[0]))
    for (const itemClass of ['IPM.Note', 'IPM.Appointment', 'IPM.Contact', 'IPM.Task', 'IPM.StickyNote'])
      assert.ok(classes.has(itemClass), itemClass)
    assert.ok(first.flat(1).some(([name, ...items]) => name === 'Empty since 2019' && items.length === 0))
  })

  it('is staffed alike for the same seed', async () => {
    const names = async (seed: number) => {
      await using sandbox = await startSandbox({ people: 20, seed })
      return sandbox.leaving.people.map(({ primarySmtpAddress }) => primarySmtpAddress)
    }
    const first = await names(3)
    assert.deepEqual(first, await names(3))
    assert.notDeepEqual(first, await names(4))
    assert.equal(new Set(first).size, 20)
  })
})
