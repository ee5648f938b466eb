import assert from 'node:assert/strict'
import fc from 'fast-check'
import { matchItems } from '../../../src/migration/rules/matchItems.ts'
import { matchByDigest, matchByFingerprint, matchByMarker, matchBySize } from '../../../src/migration/rules/matchKinds.ts'

interface Thing {
  readonly name: string
  readonly size: number
  readonly received: number
}
const thing = (name: string, received: number, size = 1): Thing => ({ name, size, received })
const byName = (tolerance: number) => ({ identity: (one: Thing) => one.name, tolerance })

/** Largest number of partners, by trying all ways: for small lists only. */
const most = (wanted: readonly Thing[], found: readonly Thing[], tolerance: number): number => {
  const [first, ...rest] = wanted
  if (first === undefined) return 0
  const ways = found.map((other, at) =>
    other.name === first.name && Math.abs(other.received - first.received) <= tolerance
      ? 1 + most(rest, found.toSpliced(at, 1), tolerance)
      : 0,
  )
  return Math.max(most(rest, found, tolerance), ...ways)
}

describe('matching items one to one', () => {
  const things = fc.array(fc.record({ name: fc.constantFrom('a', 'b'), size: fc.constant(1), received: fc.nat(12) }), { maxLength: 6 })

  it('gives nobody two partners, only partners that are alike, and leaves nobody out', () => {
    fc.assert(
      fc.property(things, things, fc.nat(4), (wanted, found, tolerance) => {
        const { pairs, missing, extra } = matchItems(wanted, found, byName(tolerance))
        assert.equal(new Set(pairs.map(pair => pair.wanted)).size, pairs.length)
        assert.equal(new Set(pairs.map(pair => pair.found)).size, pairs.length)
        for (const pair of pairs) {
          assert.equal(pair.wanted.name, pair.found.name)
          assert.ok(Math.abs(pair.wanted.received - pair.found.received) <= tolerance)
        }
        assert.equal(pairs.length + missing.length, wanted.length)
        assert.equal(pairs.length + extra.length, found.length)
      }),
    )
  })

  it('finds as many partners as there can be', () => {
    fc.assert(
      fc.property(things, things, fc.nat(4), (wanted, found, tolerance) => {
        assert.equal(matchItems(wanted, found, byName(tolerance)).pairs.length, most(wanted, found, tolerance))
      }),
    )
  })

  it('keeps duplicates as many as they are', () => {
    const { pairs, missing, extra } = matchItems([thing('a', 0), thing('a', 0), thing('a', 0)], [thing('a', 0), thing('a', 0)], byName(0))
    assert.deepEqual([pairs.length, missing.length, extra.length], [2, 1, 0])
  })

  it('prefers equal dates to near ones', () => {
    const wanted = [thing('a', 0), thing('a', 10)]
    const { pairs } = matchItems(wanted, [thing('a', 10)], byName(10))
    assert.deepEqual(
      pairs.map(pair => pair.wanted),
      [wanted[1]],
    )
  })

  it('copes with a hundred thousand equal items', () => {
    const many = (): Thing[] => Array.from({ length: 100_000 }, () => thing('a', 0))
    assert.equal(matchItems(many(), many(), byName(0)).pairs.length, 100_000)
  })
})

describe('matching by digest', () => {
  const bytes = (first: number): Uint8Array => Uint8Array.of(first, 2, 3)
  const one = (digest: Uint8Array | undefined, size = 5, received = 10_000) => ({ digest, size, received })

  it('wants the same bytes, size and date', () => {
    const found = [one(bytes(1)), one(bytes(9)), one(bytes(1), 6), one(bytes(1), 5, 20_000)]
    assert.deepEqual(
      matchByDigest([one(bytes(1)), one(bytes(1))], found).pairs.map(pair => pair.found),
      [found[0]],
    )
  })

  it('lets the date differ by the second that servers round away', () => {
    assert.equal(matchByDigest([one(bytes(1), 5, 10_999)], [one(bytes(1), 5, 10_000)]).pairs.length, 1)
  })

  it('never matches what nobody has the digest of', () => {
    assert.equal(matchByDigest([one(undefined)], [one(undefined)]).pairs.length, 0)
  })
})

describe('matching by size and date', () => {
  it('tells what certainly is not there', () => {
    const [there, not] = [thing('x', 5000, 10), thing('y', 9000, 10)]
    assert.deepEqual(matchBySize([there, not], [thing('z', 5000, 10)]).missing, [not])
  })
})

describe('matching by fingerprint', () => {
  const one = (exact: string, size: number, received = 0) => ({ fingerprint: { exact }, size, received })

  it('takes size and date for hints only', () => {
    assert.equal(matchByFingerprint([one('f', 100)], [one('f', 130, 86_400_000)]).pairs.length, 1)
  })

  it('gives each of several alike the partner of its size and date', () => {
    const wanted = [one('f', 1), one('f', 2), one('f', 2, 5_000)]
    const found = [one('f', 2, 5_000), one('f', 3), one('f', 2)]
    const { pairs } = matchByFingerprint(wanted, found)
    assert.deepEqual(
      new Map(pairs.map(pair => [pair.wanted, pair.found])),
      new Map([
        [wanted[1], found[2]],
        [wanted[2], found[0]],
        [wanted[0], found[1]],
      ]),
    )
  })

  it('always finds a partner while there is one left', () => {
    const some = fc.array(
      fc.record({ fingerprint: fc.constantFrom({ exact: 'f' }, { exact: 'g' }, undefined), size: fc.nat(2), received: fc.nat(3000) }),
      {
        maxLength: 8,
      },
    )
    fc.assert(
      fc.property(some, some, (wanted, found) => {
        const { pairs, missing, extra } = matchByFingerprint(wanted, found)
        const left = new Set(extra.map(item => item.fingerprint))
        for (const item of missing) assert.ok(item.fingerprint === undefined || !left.has(item.fingerprint))
        assert.equal(new Set(pairs.map(pair => pair.found)).size, pairs.length)
        for (const pair of pairs) assert.equal(pair.wanted.fingerprint, pair.found.fingerprint)
      }),
    )
  })
})

describe('matching by loose fingerprint', () => {
  const mail = (exact: string, loose: string | undefined, received = 0) => ({
    size: received,
    received,
    fingerprint: loose === undefined ? { exact } : { exact, loose },
  })

  it('finds what a server wrote anew, after all that is exactly the same', () => {
    const [same, anew] = [mail('a', 'l'), mail('b', 'l')]
    const [copy, composed] = [mail('a', 'l'), mail('z', 'l')]
    const { pairs } = matchByFingerprint([anew, same], [composed, copy], true)
    assert.deepEqual(new Map(pairs.map(pair => [pair.wanted, pair.found])), new Map([[same, copy], [anew, composed]])) // biome-ignore format: a table
  })

  it('is done only where a side writes headers anew', () => {
    assert.equal(matchByFingerprint([mail('a', 'l')], [mail('b', 'l')]).pairs.length, 0)
  })

  it('leaves alone what it can’t tell apart: of two mails and one copy neither is taken for copied', () => {
    const wanted = [mail('a', 'l'), mail('b', 'l')]
    assert.deepEqual(matchByFingerprint(wanted, [mail('c', 'l')], true).missing, wanted)
    assert.equal(matchByFingerprint(wanted, [mail('c', 'l'), mail('d', 'l')], true).pairs.length, 2)
  })

  it('never gives one copy to two mails, nor a mail without identity to any', () => {
    const some = fc.array(
      fc
        .record({ exact: fc.constantFrom('a', 'b', 'c'), loose: fc.constantFrom('l', 'm', undefined) })
        .map(({ exact, loose }) => mail(exact, loose)),
      { maxLength: 8 },
    )
    fc.assert(
      fc.property(some, some, (wanted, found) => {
        const { pairs, missing, extra } = matchByFingerprint(wanted, found, true)
        assert.equal(new Set(pairs.map(pair => pair.found)).size, pairs.length)
        assert.deepEqual([pairs.length + missing.length, pairs.length + extra.length], [wanted.length, found.length])
        for (const { wanted: one, found: other } of pairs)
          assert.ok(one.fingerprint.exact === other.fingerprint.exact || (one.fingerprint.loose ?? 'none') === other.fingerprint.loose)
      }),
    )
  })
})

describe('matching by our marker', () => {
  const marked = (marker: string | undefined, size = 1) => ({ marker, size, received: 0 })

  it('needs nothing else to be equal', () => {
    assert.equal(matchByMarker([marked('m')], [marked('m', 900)]).pairs.length, 1)
    assert.equal(matchByMarker([marked(undefined)], [marked(undefined)]).pairs.length, 0)
  })

  it('takes one of several: people’s copies carry the marker too', () => {
    const { pairs, extra } = matchByMarker([marked('m')], [marked('m', 1), marked('m', 2)])
    assert.deepEqual([pairs.length, extra.length], [1, 1])
  })
})
