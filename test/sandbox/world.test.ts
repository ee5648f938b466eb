import assert from 'node:assert/strict'
import { connect } from 'node:net'
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
