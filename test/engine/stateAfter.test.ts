import assert from 'node:assert/strict'
import { MailferryError } from '../../src/domain/errors.ts'
import { asPairId } from '../../src/domain/ids.ts'
import { stateAfter } from '../../src/engine/stateAfter.ts'

const now = '2026-01-01T00:00:00.000Z'
const later = '2026-01-01T00:05:00.000Z'

describe('the state a run leaves its pair in', () => {
  it('waits for the server, until it is tried again, after a passing failure', () => {
    const error = new MailferryError('host.timeout', { host: 'mail.example', port: 993, ms: 30_000 })
    assert.deepEqual(stateAfter({ result: 'failed', error }, now, later), {
      state: 'waiting',
      for: 'server',
      until: later,
      error: { code: error.code, params: error.params },
    })
  })

  it('goes on at once when the machine slept beyond the lease and nobody else took the pair', () => {
    const error = new MailferryError('lease.lost', { pair: asPairId('p') })
    const state = stateAfter({ result: 'failed', error }, now, undefined)
    assert.deepEqual([state.state, 'until' in state && state.until], ['waiting', now])
  })

  it('waits for a person where only one can help, and for a secret where one is missing', () => {
    const full = new MailferryError('mailbox.full', { mailbox: 'ann', response: 'OVERQUOTA' })
    const refused = new MailferryError('signIn.refused', { host: 'mail.example', user: 'ann', response: 'no' })
    const waitsFor = (error: MailferryError) => {
      const state = stateAfter({ result: 'failed', error }, now, undefined)
      return state.state === 'waiting' ? state.for : state.state
    }
    assert.deepEqual([waitsFor(full), waitsFor(refused)], ['person', 'credentials'])
  })

  it('is failed where trying again is no use', () => {
    const error = new MailferryError('internal', { detail: 'x' })
    assert.equal(stateAfter({ result: 'failed', error }, now, later).state, 'failed')
  })
})
