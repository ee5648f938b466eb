import assert from 'node:assert/strict'
import { MailferryError } from '../../src/domain/errors.ts'
import { stateAfter } from '../../src/engine/stateAfter.ts'

const now = '2026-01-02T03:04:05.000Z'
const later = '2026-01-02T03:05:05.000Z'
const leftBy = (error: MailferryError, retryAt?: string) => stateAfter({ result: 'failed', error }, now, retryAt)

describe('the state a run leaves its pair in', () => {
  it('is how it ended', () => {
    assert.deepEqual(stateAfter({ result: 'completed' }, now, undefined), { state: 'completed', at: now })
    assert.deepEqual(stateAfter({ result: 'completedWithDifferences', differences: 3 }, now, undefined), {
      state: 'completedWithDifferences',
      at: now,
      differences: 3,
    })
    assert.deepEqual(stateAfter({ result: 'stopped' }, now, undefined), { state: 'stopped' })
  })

  it('waits for the server after a passing failure, with a time while it is tried again', () => {
    const busy = new MailferryError('server.busy', { host: 'h', response: 'later' })
    const error = { code: 'server.busy', params: { host: 'h', response: 'later' } }
    assert.deepEqual(leftBy(busy, later), { state: 'waiting', for: 'server', error, until: later })
    assert.deepEqual(leftBy(busy), { state: 'waiting', for: 'server', error })
  })

  it('waits for credentials where a new secret is the cure', () => {
    for (const error of [
      new MailferryError('signIn.refused', { host: 'h', user: 'u', response: '' }),
      new MailferryError('signIn.stopped', { connection: 'c', user: 'u' }),
      new MailferryError('secret.missing', { connection: 'c' }),
      new MailferryError('vault.unavailable', { cause: 'none' }),
    ]) {
      const state = leftBy(error)
      assert.equal(state.state === 'waiting' && state.for, 'credentials', error.code)
    }
  })

  it('waits for a person where somebody has to decide, and failed where nobody can', () => {
    const replaced = leftBy(new MailferryError('mailbox.replaced', { mailbox: 'anna', side: 'target' }))
    assert.equal(replaced.state === 'waiting' && replaced.for, 'person')
    assert.equal(leftBy(new MailferryError('internal', { detail: 'a mistake' })).state, 'failed')
  })
})
