import assert from 'node:assert/strict'
import { MailferryError } from '../../src/domain/errors.ts'
import { asPairId } from '../../src/domain/ids.ts'
import { createBackoff } from '../../src/engine/backoff.ts'

const pair = asPairId('a')
const dropped = new MailferryError('server.dropped', { host: 'h', cause: 'reset' })
const odd = new MailferryError('server.protocol', { host: 'h', detail: 'nonsense' })
const busy = new MailferryError('server.busy', { host: 'h', response: 'backoff', retryAfterMs: 92_000 })

describe('backing off', () => {
  it('waits twice as long each time, five minutes at most', () => {
    const backoff = createBackoff()
    const pauses = Array.from({ length: 10 }, () => backoff.failed(pair, dropped, 0))
    assert.deepEqual(pauses, [2_000, 4_000, 8_000, 16_000, 32_000, 64_000, 128_000, 256_000, 300_000, 300_000])
  })

  it('never waits less than the server asked for', () => {
    assert.equal(createBackoff().failed(pair, busy, 0), 92_000)
  })

  it('begins anew when an item got through in between', () => {
    const backoff = createBackoff()
    for (let n = 0; n < 5; n++) backoff.failed(pair, dropped, 0)
    assert.equal(backoff.failed(pair, dropped, 1), 2_000)
  })

  it('gives up after a night of a server away, and after minutes of one that answers nonsense', () => {
    const tries = (error: MailferryError) => {
      const backoff = createBackoff()
      let count = 0
      while (backoff.failed(pair, error, 0) !== undefined) count++
      return count
    }
    assert.deepEqual([tries(dropped), tries(odd)], [30, 6])
  })
})
