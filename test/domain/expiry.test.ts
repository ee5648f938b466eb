import assert from 'node:assert/strict'
import { endsSoon } from '../../src/domain/expiry.ts'

describe('what ends soon', () => {
  const now = Date.parse('2026-01-01T12:00:00Z')
  const endsAt = (at: string) => {
    const recorded = { at: '2025-12-31T00:00:00Z', organisation: 'tenant-1', expires: { what: 'certificate', at } as const }
    return endsSoon({ state: 'verified', recorded }, now)?.days
  }

  it('is warned about from the thirtieth day on, and after its end', () => {
    assert.deepEqual(['2026-02-01T12:00:00Z', '2026-01-31T12:00:00Z', '2026-01-01T23:00:00Z', '2026-01-01T11:00:00Z'].map(endsAt), [
      undefined,
      30,
      0,
      -1,
    ])
  })

  it('is told of no connection that something worse is said of', () => {
    assert.equal(endsSoon({ state: 'unverified' }, now), undefined)
  })
})
