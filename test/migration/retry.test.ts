import assert from 'node:assert/strict'
import { describe, it } from 'mocha'
import { asMailferryError } from '../../src/domain/asMailferryError.ts'
import { MailferryError } from '../../src/domain/errors.ts'
import { pauseAfter, withRetry } from '../../src/migration/retry.ts'

const never = new AbortController().signal
const busy = (retryAfterMs: number) => new MailferryError('server.busy', { host: 'mail.example', response: 'slow down', retryAfterMs })

describe('retry', () => {
  it('tries again what fails for a passing reason', async () => {
    let tries = 0
    const answer = await withRetry(never, async () => {
      if (++tries < 2) throw new MailferryError('server.dropped', { host: 'mail.example', cause: 'ECONNRESET' })
      return 'done'
    })
    assert.deepEqual([answer, tries], ['done', 2])
  })

  it('gives at once what a person has to mend', async () => {
    let tries = 0
    const refused = new MailferryError('signIn.refused', { host: 'mail.example', user: 'anna', response: 'no' })
    await assert.rejects(
      withRetry(never, async () => {
        tries++
        throw refused
      }),
      refused,
    )
    assert.equal(tries, 1)
  })

  it('ends at once when it is aborted while it waits', async () => {
    const stop = new AbortController()
    const trying = withRetry(stop.signal, async () => {
      setTimeout(() => stop.abort(new Error('stopped')), 5)
      throw busy(60_000)
    })
    await assert.rejects(trying)
  })

  it('waits at least as long as the server asked for, and longer with each failure', () => {
    assert.ok(pauseAfter(busy(9000), 1) >= 9000)
    const dropped = new MailferryError('server.dropped', { host: 'mail.example', cause: 'ECONNRESET' })
    assert.ok(pauseAfter(dropped, 1) <= 750)
    assert.ok(pauseAfter(dropped, 5) >= 4000)
    assert.ok(pauseAfter(dropped, 50) <= 90_000)
  })

  it('makes an internal error of what is not ours, and keeps its cause', () => {
    const bug = new TypeError('x is not a function')
    const error = asMailferryError(bug)
    assert.equal(error.code, 'internal')
    assert.equal(error.cause, bug)
    assert.equal(asMailferryError(error), error)
  })
})
