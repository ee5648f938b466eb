import assert from 'node:assert/strict'
import fc from 'fast-check'
import { describe, it } from 'mocha'
import { markerOf } from '../../src/migration/marker.ts'
import { currentKey, isOldVersion, oldVersionKey, oldVersionKeys } from '../../src/migration/rules/oldVersion.ts'

const inbox = { id: 'INBOX', validity: '7' }
const sent = { id: 'Sent', validity: '7' }

describe('the marker of an item', () => {
  it('is short, plain, and the same for the same item of the same mailbox, whatever the job', () => {
    const marker = markerOf('Org', 'box')(inbox, 1)
    assert.match(marker, /^[0-9a-f]{40}$/)
    assert.equal(markerOf('org', 'box')(inbox, 1), marker)
  })

  it('differs by organisation, mailbox and key', () => {
    const markers = [markerOf('a', 'b')(inbox, 1), markerOf('c', 'b')(inbox, 1), markerOf('a', 'c')(inbox, 1), markerOf('a', 'b')(inbox, 2)]
    assert.equal(new Set(markers).size, 4)
  })

  it('counts a number within its folder only, and a text wherever the item lies', () => {
    const of = markerOf('a', 'b')
    assert.notEqual(of(inbox, 1), of(sent, 1), 'two folders made in one second have the same UIDVALIDITY')
    assert.notEqual(of(inbox, 1), of({ ...inbox, validity: '8' }, 1))
    assert.equal(of(inbox, 'AAMk'), of(sent, 'AAMk'))
    assert.notEqual(of(inbox, 1), of(inbox, '1'))
  })
})

describe('the key of an item’s older version', () => {
  it('lies among the others of its kind, tells which item’s it is, and is no server’s', () => {
    fc.assert(
      fc.property(
        fc.string({ unit: fc.constantFrom('A', 'z', '/', '+', '='), minLength: 1 }),
        fc.option(fc.string({ unit: fc.constantFrom('C', 'Q', '=') }), { nil: undefined }),
        (key, version) => {
          const old = oldVersionKey(key, version)
          assert.ok(isOldVersion(old) && !isOldVersion(key))
          assert.ok(old >= oldVersionKeys.from && old < oldVersionKeys.to)
          assert.equal(currentKey(old), key)
        },
      ),
    )
  })
})
