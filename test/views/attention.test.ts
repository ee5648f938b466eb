import assert from 'node:assert/strict'
import { checkable } from '../../src/views/attention.ts'
import { contextOf } from '../../src/views/contextOf.ts'
import { connection, exchangeSettings, job, stale } from './build.ts'

describe('checks that nobody asked for', () => {
  const old = connection({ name: 'Old', settings: exchangeSettings })
  const fresh = connection({ name: 'New', role: 'target', settings: exchangeSettings })
  const other = connection({ name: 'Other', settings: exchangeSettings })
  const all = [old, fresh, other, connection({ name: 'Imap' })]
  const named = (...jobs: readonly ReturnType<typeof job>[]): string[] => checkable(all, jobs).map(({ name }) => name)

  it('are of connections that can be stale', () => {
    assert.deepEqual(named(), ['Old', 'New', 'Other'])
  })

  it('leave a connection alone that a running job is using up', () => {
    assert.deepEqual(named(job({ wanted: 'run', states: { running: 1 } })), ['Other'])
    assert.deepEqual(named(job({ wanted: 'stop', states: { running: 1 } })), ['Other'])
    assert.deepEqual(named(job({ states: { completed: 1 } })), ['Old', 'New', 'Other'])
  })
})

describe('context keys', () => {
  const keysOf = (jobs: readonly ReturnType<typeof job>[], connections = [connection()]): string[] =>
    contextOf({ state: { state: 'running', pid: 1 }, connections, jobs }).flatMap(([key, value]) =>
      value ? [key.replace('mailferry.', '')] : [],
    )

  it('tell what can be done to some job', () => {
    const base = ['ready', 'hasConnections', 'hasSource', 'hasJobs']
    assert.deepEqual(keysOf([job()]), base)
    assert.deepEqual(keysOf([job({ states: { new: 2 } })]), [...base, 'hasMailboxes', 'hasStartable'])
    assert.deepEqual(keysOf([job({ states: { waiting: 1 } })]), [...base, 'hasMailboxes', 'hasStartable', 'hasRun', 'hasWaiting'])
    assert.deepEqual(keysOf([job({ wanted: 'run', states: { running: 1 } })]), [...base, 'hasMailboxes', 'hasRun', 'jobsGoOn'])
  })

  it('tell of a stale connection, and nothing while no engine answers', () => {
    assert.ok(keysOf([], [connection({ settings: exchangeSettings, verification: stale })]).includes('hasStale'))
    const dead = contextOf({
      state: { state: 'starting' },
      connections: [connection({ verification: stale })],
      jobs: [job({ states: { new: 1 } })],
    })
    assert.ok(dead.every(([, value]) => !value))
  })
})
