import assert from 'node:assert/strict'
import { isError } from '../../../src/domain/errors.ts'
import type { Filters } from '../../../src/domain/job.ts'
import { itemFilter } from '../../../src/migration/rules/filterItem.ts'
import { item } from './build.ts'

const reason = (filters: Filters, more: Parameters<typeof item>[1] = {}) => itemFilter(filters)(item(1, more))
const at = (text: string): { received: number } => ({ received: Date.parse(text) })

describe('item filters', () => {
  it('take every item where nothing is said, except those flagged deleted', () => {
    assert.equal(reason({}), undefined)
    assert.equal(reason({}, { flags: ['\\Seen', '\\deleted'] }), 'flaggedDeleted')
    assert.equal(reason({ includeDeleted: true }, { flags: ['\\Deleted'] }), undefined)
  })

  it('take what was received from a date on, and before another', () => {
    const filters: Filters = { receivedFrom: '2024-01-01', receivedTo: '2025-01-01' }
    assert.equal(reason(filters, at('2023-12-31T23:59:59Z')), 'tooOld')
    assert.equal(reason(filters, at('2024-01-01T00:00:00Z')), undefined)
    assert.equal(reason(filters, at('2024-12-31T23:59:59Z')), undefined)
    assert.equal(reason(filters, at('2025-01-01T00:00:00Z')), 'tooNew')
  })

  it('mean the same moment wherever they are run', () => {
    assert.equal(reason({ receivedFrom: '2024-01-01T12:00:00' }, at('2024-01-01T11:59:59Z')), 'tooOld')
    assert.equal(reason({ receivedFrom: '2024-01-01T12:00:00' }, at('2024-01-01T12:00:00Z')), undefined)
    assert.equal(reason({ receivedFrom: '2024-01-01T12:00:00+02:00' }, at('2024-01-01T10:00:00Z')), undefined)
  })

  it('leave out what is larger than the limit', () => {
    assert.equal(reason({ maxItemSize: 1000 }, { size: 1000 }), undefined)
    assert.equal(reason({ maxItemSize: 1000 }, { size: 1001 }), 'tooLarge')
  })

  it('refuse a date that is none', () => {
    for (const date of ['soon', '', '2024', '2024-13-01', '01.02.2024']) {
      assert.throws(
        () => itemFilter({ receivedFrom: date }),
        error => isError(error, 'usage'),
        date,
      )
    }
  })
})
