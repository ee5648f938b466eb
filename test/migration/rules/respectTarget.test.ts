import assert from 'node:assert/strict'
import fc from 'fast-check'
import type { ItemRow } from '../../../src/ledger/rows.ts'
import type { DeltaPlan } from '../../../src/migration/rules/planDelta.ts'
import { respectTarget, rowsToLookAt } from '../../../src/migration/rules/respectTarget.ts'
import { item, row } from './build.ts'

const nothing: DeltaPlan = { copies: [], moves: [], anew: [], flags: [], contents: [], deletions: [], orphaned: [], forgotten: [] }

/** The target as it was left by us, but for the rows named: their flags now, or `undefined` where the item is gone. */
const settle = (plan: Partial<DeltaPlan>, now: ReadonlyMap<ItemRow, readonly string[] | undefined> = new Map(), sameTarget = false) => {
  const there = (flags: readonly string[] | undefined) => flags && { flags }
  return respectTarget(
    { ...nothing, ...plan },
    {
      now: one => there(now.has(one) ? now.get(one) : (one.targetFlags ?? one.flags)),
      sameTarget: (from, to) => sameTarget || from === to,
    },
  )
}

const move = (from: ItemRow, folder = 2) => ({ row: from, to: { folder, item: item(99) } })

describe('on a target that belongs to people', () => {
  it('changes are carried over onto items that are as we left them', () => {
    const [a, b, c] = [row(1), row(2), row(3)]
    const settled = settle({ flags: [{ row: a, flags: ['\\Seen'] }], moves: [move(b)], deletions: [c] })
    assert.deepEqual(
      settled.setFlags.map(change => change.row),
      [a],
    )
    assert.deepEqual(
      settled.moves.map(one => one.row),
      [b],
    )
    assert.deepEqual([settled.deletions, settled.orphaned, settled.kept], [[c], [], []])
  })

  it('an item counts as we left it with the flags the target could take', () => {
    const odd = row(1, { flags: ['\\Seen', 'unwanted'], targetFlags: ['\\Seen'] })
    assert.deepEqual(settle({ deletions: [odd] }).deletions, [odd])
  })

  it('an item that somebody touched is left alone', () => {
    const touched = row(1)
    const now = new Map([[touched, ['\\Flagged']]])
    const settled = settle({ flags: [{ row: touched, flags: ['\\Seen'] }], deletions: [touched] }, now)
    assert.deepEqual([settled.setFlags, settled.deletions, settled.orphaned], [[], [], [touched]])
    assert.deepEqual(settled.kept.map(({ change, because }) => [change, because]).toSorted(), [
      ['deletion', 'touched'],
      ['flags', 'touched'],
    ])
  })

  it('an item that is flagged for deletion already is deleted, and nothing else is done to it', () => {
    const [half, touched] = [row(1), row(2)]
    const now = new Map([
      [half, ['\\Deleted']],
      [touched, ['\\Deleted', '\\Flagged']],
    ])
    const settled = settle({ flags: [{ row: half, flags: ['\\Seen'] }], deletions: [half, touched] }, now)
    assert.deepEqual([settled.setFlags, settled.deletions, settled.orphaned], [[], [half], [touched]])
  })

  it('an item that was there before us is left alone', () => {
    const adopted = row(1, { state: 'adopted' })
    const settled = settle({ flags: [{ row: adopted, flags: ['\\Seen'] }], moves: [move(adopted)] })
    assert.deepEqual([settled.setFlags, settled.moves], [[], []])
    assert.deepEqual(settled.kept.map(({ because }) => because).toSorted(), ['adopted', 'adopted'])
  })

  it('flags that a person gave both copies are only noted', () => {
    const read = row(1)
    const settled = settle({ flags: [{ row: read, flags: ['\\Seen'] }] }, new Map([[read, ['\\seen']]]))
    assert.deepEqual([settled.setFlags.length, settled.agreed.length, settled.kept.length], [0, 1, 0])
  })

  it('a moved item that can’t be moved there is followed, not written again', () => {
    const [touched, gone] = [row(1), row(2)]
    const { targetKey: _, ...unlocated } = row(3)
    const now = new Map<ItemRow, readonly string[] | undefined>([
      [touched, ['\\Flagged']],
      [gone, undefined],
    ])
    const settled = settle({ moves: [move(touched), move(gone), move(unlocated)] }, now)
    assert.deepEqual(settled.moves, [])
    assert.deepEqual(
      settled.follows.map(one => [one.row.key, one.targetKey]),
      [
        [1, undefined],
        [2, undefined],
        [3, undefined],
      ],
    )
    assert.deepEqual(
      settled.kept.map(({ because }) => because),
      ['touched', 'gone', 'unlocated'],
    )
  })

  it('a moved item that would be copied anew is not, where its old copy stays', () => {
    const [ours, touched, gone, adopted] = [row(1), row(2), row(3), row(4, { state: 'adopted' })]
    const anew = [ours, touched, gone, adopted].map(one => move(one))
    const plan = { anew, copies: anew.map(({ to }) => to), deletions: [ours, touched, gone], orphaned: [adopted] }
    const now = new Map<ItemRow, readonly string[] | undefined>([
      [touched, ['\\Flagged']],
      [gone, undefined],
    ])
    const settled = settle(plan, now)
    assert.deepEqual([settled.copies, settled.deletions, settled.orphaned], [[anew[0]?.to], [ours], []])
    assert.deepEqual(
      settled.follows.map(one => [one.row.key, one.targetKey]),
      [2, 3, 4].map(key => [key, undefined]),
    )
    assert.deepEqual(
      settled.kept.map(({ change, because }) => [change, because]),
      ['touched', 'gone', 'adopted'].map(because => ['move', because]),
    )
    const keeping = settle({ ...plan, deletions: [], orphaned: [ours, touched, gone, adopted] }, now)
    assert.deepEqual([keeping.copies, keeping.orphaned, keeping.follows.length], [[anew[0]?.to], [ours], 3])
  })

  it('a move within one target folder only gives the row its new key', () => {
    const moved = row(1)
    for (const settled of [settle({ moves: [move(moved, 1)] }), settle({ moves: [move(moved, 2)] }, new Map(), true)]) {
      assert.deepEqual(
        settled.follows.map(one => one.targetKey),
        [1001],
      )
      assert.deepEqual(settled.moves, [])
    }
  })

  it('only items of ours are looked at', () => {
    const { targetKey: _, ...unlocated } = row(3)
    const plan = {
      ...nothing,
      deletions: [row(1)],
      moves: [move(row(2, { state: 'adopted' })), move(unlocated)],
      flags: [{ row: row(4), flags: [] }],
    }
    assert.deepEqual(
      rowsToLookAt(plan).map(({ key }) => key),
      [4, 1],
    )
  })

  it('nothing is ever done to an item that isn’t ours, or isn’t as we left it', () => {
    const rows = fc
      .array(
        fc.record({ state: fc.constantFrom('done', 'adopted'), now: fc.constantFrom([], ['\\Seen'], undefined), located: fc.boolean() }),
        { maxLength: 9 },
      )
      .map(all => all.map(({ state, now, located }, key) => ({ now, one: row(key, { state }), located })))
    fc.assert(
      fc.property(rows, all => {
        const given = all.map(({ one: { targetKey, ...rest }, now, located }) => ({
          now,
          one: located && targetKey !== undefined ? { ...rest, targetKey } : rest,
        }))
        const some = (kind: number) => given.map(({ one }) => one).filter((_, at) => at % 3 === kind)
        const settled = settle(
          { flags: some(0).map(one => ({ row: one, flags: ['$x'] })), moves: some(1).map(one => move(one)), deletions: some(2) },
          new Map(given.map(({ one, now }) => [one, now])),
        )
        const done = [...settled.setFlags.map(change => change.row), ...settled.moves.map(one => one.row), ...settled.deletions]
        for (const one of done) {
          assert.deepEqual(given.find(other => other.one === one)?.now, [])
          assert.ok(one.state === 'done' && one.targetKey !== undefined)
        }
        assert.equal(done.length + settled.kept.length, given.length)
      }),
    )
  })
})

describe('on a target that tells versions', () => {
  const ours = row(1, { targetVersion: 'v1', flags: ['\\Seen'] })
  const settled = (change: 'flags' | 'contents' | 'deletions', version: string | undefined, flags = ['\\Seen']) => {
    const plans = {
      flags: { flags: [{ row: ours, flags: ['\\Flagged'] }] },
      contents: { contents: [{ row: ours, item: item(1) }] },
      deletions: { deletions: [ours] },
    }
    const look = { now: () => ({ flags, ...(version !== undefined && { version }) }), sameTarget: () => false }
    return respectTarget({ ...nothing, ...plans[change] }, look).kept.map(({ because }) => because)
  }

  it('content and deletions are carried over only onto the version that we wrote', () => {
    for (const change of ['contents', 'deletions'] as const) {
      assert.deepEqual(settled(change, 'v1'), [])
      assert.deepEqual(settled(change, 'v2'), ['touched'])
      assert.deepEqual(settled(change, 'v1', []), ['touched'])
      assert.deepEqual(settled(change, undefined), [], 'without a version the flags decide')
    }
  })

  it('flags go onto an edited item too, for they take nothing from it', () => {
    assert.deepEqual(settled('flags', 'v2'), [])
    assert.deepEqual(settled('flags', 'v1', []), ['touched'])
  })

  it('adopted items are never given other content', () => {
    const adopted = row(1, { state: 'adopted' })
    const plan = { ...nothing, contents: [{ row: adopted, item: item(1) }] }
    const { contents, kept } = respectTarget(plan, { now: () => ({ flags: [] }), sameTarget: () => false })
    assert.deepEqual([contents, kept.map(({ because }) => because)], [[], ['adopted']])
  })
})
