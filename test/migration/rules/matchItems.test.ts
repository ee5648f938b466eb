import assert from 'node:assert/strict'
import fc from 'fast-check'
import { matchItems } from '../../../src/migration/rules/matchItems.ts'
import { matchByDigest, matchByFingerprint, matchBySize } from '../../../src/migration/rules/matchKinds.ts'

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
