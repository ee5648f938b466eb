import assert from 'node:assert/strict'
import fc from 'fast-check'
import { parseFlags } from '../../../../src/servers/imap/wire/flags.ts'
import { formatInternalDate, parseInternalDate } from '../../../../src/servers/imap/wire/internalDate.ts'
import { mailboxArgument } from '../../../../src/servers/imap/wire/mailboxArgument.ts'
import { parseUidRanges, within } from '../../../../src/servers/imap/wire/uidRanges.ts'
import { ascendingRuns, formatUidSet, parseUidSet } from '../../../../src/servers/imap/wire/uidSet.ts'

const uid = fc.integer({ min: 1, max: 2 ** 32 - 1 })

describe('INTERNALDATE', () => {
  it('is the instant, whatever zone it is told in', () => {
    assert.equal(parseInternalDate('17-Jul-1996 02:44:25 -0700'), Date.UTC(1996, 6, 17, 9, 44, 25))
    assert.equal(parseInternalDate(' 1-JAN-2000 00:00:00 +0530'), Date.UTC(1999, 11, 31, 18, 30, 0))
    assert.equal(parseInternalDate('29-Feb-2024 23:59:59 +0000'), Date.UTC(2024, 1, 29, 23, 59, 59))
    assert.equal(parseInternalDate('01-Jan-1970 00:00:00 +0000'), 0)
    assert.equal(parseInternalDate('03-Mar-0099 01:02:03 +0000'), new Date('0099-03-03T01:02:03Z').getTime())
  })

  it('is no number where it is no date', () => {
    for (const text of ['', 'NIL', '17-Foo-1996 02:44:25 -0700', '1996-07-17T02:44:25Z'])
      assert.ok(Number.isNaN(parseInternalDate(text)), text)
  })

  it('comes back as it went, to the second', () => {
    fc.assert(
      fc.property(fc.integer({ min: -62_000_000_000, max: 253_402_300_799 }), seconds => {
        assert.equal(parseInternalDate(formatInternalDate(seconds * 1000 + 999)), seconds * 1000)
      }),
    )
  })
})

describe('UID sets', () => {
  it('join what is consecutive and keep the order', () => {
    assert.equal(formatUidSet([1, 2, 3, 7, 9, 10]), '1:3,7,9:10')
    assert.equal(formatUidSet([5, 4, 6]), '5,4,6')
    assert.equal(formatUidSet([]), '')
  })

  it('come back as they went', () => {
    fc.assert(fc.property(fc.uniqueArray(uid, { minLength: 1 }), uids => assert.deepEqual(parseUidSet(formatUidSet(uids)), uids)))
  })

  it('are read when a server writes a range backwards, and refused when they are none or endless', () => {
    assert.deepEqual(parseUidSet('7:5,9'), [7, 6, 5, 9])
    for (const text of ['', '*', '1:', 'x', '1:4294967295']) assert.equal(parseUidSet(text), undefined, text)
  })

  it('cut into runs hold each UID once, ascending, in short lines', () => {
    fc.assert(
      fc.property(fc.array(uid, { maxLength: 200 }), fc.integer({ min: 1, max: 50 }), (uids, most) => {
        const runs = ascendingRuns(uids, most, 200)
        assert.deepEqual(runs.flat(), uids)
        for (const run of runs) {
          assert.ok(run.length <= most && formatUidSet(run).length <= 222)
          assert.deepEqual(
            run,
            [...new Set(run)].sort((a, b) => a - b),
          )
        }
      }),
    )
  })

  it('as ranges tell which UIDs lie in them, without being spelt out', () => {
    assert.deepEqual(within([1, 5, 9, 4_000_000_000], parseUidRanges('4:5,100:4294967295,9') ?? []), [5, 9, 4_000_000_000])
    assert.equal(parseUidRanges('1:*'), undefined)
    const range = fc.tuple(fc.nat(60), fc.nat(60)).map(([one, other]) => [Math.min(one, other), Math.max(one, other)] as const)
    fc.assert(
      fc.property(fc.uniqueArray(fc.nat(60)), fc.array(range), (uids, ranges) => {
        const ascending = uids.sort((a, b) => a - b)
        const expected = ascending.filter(one => ranges.some(([from, to]) => from <= one && one <= to))
        assert.deepEqual(within(ascending, ranges), expected)
      }),
    )
  })
})

describe('flags and names', () => {
  it('are sorted, each once, in the usual spelling', () => {
    assert.deepEqual(parseFlags('\\FLAGGED  work \\recent \\Seen work'), ['\\Flagged', '\\Seen', 'work'])
  })

  it('go out quoted, in modified UTF-7 or UTF-8 as the server wants', () => {
    assert.equal(mailboxArgument('Entwürfe & "mehr"\\', false), '"Entw&APw-rfe &- \\"mehr\\"\\\\"')
    assert.equal(Buffer.from(mailboxArgument('Entwürfe', true), 'latin1').toString('utf8'), '"Entwürfe"')
  })
})
