import assert from 'node:assert/strict'
import fc from 'fast-check'
import type { ItemState } from '../../../src/ledger/rows.ts'
import { type DeltaInput, planDelta } from '../../../src/migration/rules/planDelta.ts'
import { item, row } from './build.ts'

const keys = (rows: readonly { readonly key: number | string }[]): (number | string)[] => rows.map(({ key }) => key)

/** A mirroring delta of a large pair in which nothing changed. */
const delta = (more: Partial<DeltaInput> = {}) =>
  planDelta({
    policy: 'mirror',
    cutOver: false,
    includeDeleted: false,
    appeared: [],
    reflagged: [],
    vanished: [],
    compared: new Set(),
    sourceItems: 10_000,
    written: 10_000,
    ...more,
  })

const gone = (key: number, more: Parameters<typeof row>[1] = {}, identity?: string) => ({
  row: row(key, more),
  ...(identity === undefined ? {} : { identity }),
})
const many = (count: number) => Array.from({ length: count }, (_, key) => gone(key))

describe('a delta with the policy "new"', () => {
  it('copies what is new and touches nothing that is there', () => {
    const plan = delta({
      policy: 'new',
      appeared: [{ folder: 2, item: item(1), identity: 'x' }],
      vanished: [gone(1, {}, 'x'), gone(2)],
      reflagged: [{ row: row(3), flags: ['\\Seen'] }],
    })
    assert.deepEqual(keys(plan.copies.map(one => one.item)), [1])
    assert.deepEqual([plan.moves, plan.flags, plan.deletions], [[], [], []])
    assert.deepEqual(keys(plan.orphaned), [1, 2])
  })
})

describe('a delta with the policy "changes"', () => {
  it('carries over moves instead of copying', () => {
    const plan = delta({ policy: 'changes', appeared: [{ folder: 2, item: item(9), identity: 'x' }], vanished: [gone(1, {}, 'x')] })
    assert.deepEqual(
      plan.moves.map(move => [move.row.key, move.to.folder, move.to.item.key]),
      [[1, 2, 9]],
    )
    assert.deepEqual([plan.copies, plan.orphaned], [[], []])
  })

  it('carries over flags, but no deletion mark', () => {
    const plan = delta({
      policy: 'changes',
      reflagged: [
        { row: row(1), flags: ['\\Seen', '\\Deleted'] },
        { row: row(2), flags: ['\\Deleted'] },
      ],
    })
    assert.deepEqual(
      plan.flags.map(change => [change.row.key, change.flags]),
      [[1, ['\\Seen']]],
    )
  })

  it('carries the deletion mark over where deleted items are wanted', () => {
    const plan = delta({ policy: 'changes', includeDeleted: true, reflagged: [{ row: row(2), flags: ['\\Deleted'] }] })
    assert.deepEqual(
      plan.flags.map(change => change.flags),
      [['\\Deleted']],
    )
  })

  it('sees no change in the order or case of flags', () => {
    assert.deepEqual(delta({ reflagged: [{ row: row(1, { flags: ['\\Seen', '$Junk'] }), flags: ['$junk', '\\SEEN'] }] }).flags, [])
  })

  it('keeps on the target what the source deleted', () => {
    const plan = delta({ policy: 'changes', vanished: [gone(1)] })
    assert.deepEqual([keys(plan.deletions), keys(plan.orphaned)], [[], [1]])
  })
})

describe('a mirroring delta', () => {
  it('deletes what the source deleted', () => {
    const plan = delta({ vanished: [gone(1), gone(2)] })
    assert.deepEqual([keys(plan.deletions), keys(plan.orphaned), plan.held], [[1, 2], [], undefined])
  })

  it('never deletes what was there before us, or what nobody can point at', () => {
    const { targetKey: _, ...unlocated } = row(2)
    const plan = delta({ vanished: [gone(1, { state: 'adopted' }), { row: unlocated }] })
    assert.deepEqual([keys(plan.deletions), keys(plan.orphaned)], [[], [1, 2]])
  })

  it('deletes nothing because a source was emptied', () => {
    assert.deepEqual(keys(delta({ vanished: [gone(1)], sourceItems: 0 }).deletions), [])
  })

  it('deletes nothing because of a comparison, in that folder', () => {
    const plan = delta({ vanished: [gone(1, { folder: 1 }), gone(2, { folder: 2 })], compared: new Set([1]) })
    assert.deepEqual([keys(plan.deletions), keys(plan.orphaned)], [[2], [1]])
  })

  it('deletes nothing after the cutover', () => {
    assert.deepEqual(keys(delta({ vanished: [gone(1)], cutOver: true }).deletions), [])
  })

  it('holds more than a hundred deletions, or than five in a hundred, and keeps their folders’ checkpoints', () => {
    assert.equal(delta({ vanished: many(100) }).held, undefined)
    assert.deepEqual(delta({ vanished: many(101) }).held, { deletions: 101, items: 10_000, folders: new Set([1]) })
    assert.equal(delta({ vanished: many(5), written: 100 }).held, undefined)
    const held = delta({ vanished: many(6), written: 100 })
    assert.deepEqual(held.held, { deletions: 6, items: 100, folders: new Set([1]) })
    assert.deepEqual([held.deletions, held.orphaned], [[], []], 'their rows stay as they are')
  })

  it('carries over as many deletions as a person allowed', () => {
    assert.equal(delta({ vanished: many(101), deletionsAllowed: 101 }).deletions.length, 101)
    assert.equal(delta({ vanished: many(101), deletionsAllowed: 100 }).deletions.length, 0)
  })

  it('does not count moves as deletions', () => {
    const vanished = Array.from({ length: 200 }, (_, key) => gone(key, {}, `x${key}`))
    const appeared = vanished.map(({ row: { key } }, at) => ({ folder: 2, item: item(at), identity: `x${key}` }))
    const plan = delta({ vanished, appeared })
    assert.deepEqual([plan.moves.length, plan.deletions.length, plan.held], [200, 0, undefined])
  })

  it('copies anew what the target can’t move, and deletes the copy in the old place', () => {
    const moved = { appeared: [{ folder: 2, item: item(9), identity: 'x' }], vanished: [gone(1, {}, 'x')] }
    const plan = delta({ ...moved, canMove: () => false })
    assert.deepEqual([keys(plan.copies.map(one => one.item)), keys(plan.deletions), plan.moves], [[9], [1], []])
    assert.deepEqual(
      plan.anew.map(({ row: old, to }) => [old.key, to.item.key]),
      [[1, 9]],
    )
    const asked: [number, number][] = []
    delta({ ...moved, canMove: (from, to) => asked.push([from, to]) > 0 })
    assert.deepEqual(asked[0], [1, 2])
    const keeping = delta({ ...moved, policy: 'changes', canMove: () => false })
    assert.deepEqual([keys(keeping.copies.map(one => one.item)), keys(keeping.orphaned), keeping.deletions], [[9], [1], []])
  })

  it('forgets what was never written', () => {
    assert.deepEqual(keys(delta({ vanished: [gone(1, { state: 'failed' }), gone(2, { state: 'filtered' })] }).forgotten), [1, 2])
  })
})

describe('any delta', () => {
  const states: readonly ItemState[] = ['intended', 'done', 'adopted', 'failed', 'filtered', 'orphaned', 'removed']
  const identity = fc.option(fc.constantFrom('x', 'y', 'z'), { nil: undefined })
  const named = <Thing extends object>(thing: Thing, id: string | undefined) => ({
    ...thing,
    ...(id === undefined ? {} : { identity: id }),
  })
  const input: fc.Arbitrary<DeltaInput> = fc.record({
    policy: fc.constantFrom('new', 'changes', 'mirror'),
    cutOver: fc.boolean(),
    includeDeleted: fc.boolean(),
    appeared: fc
      .array(fc.tuple(fc.integer({ min: 1, max: 3 }), identity), { maxLength: 6 })
      .map(all => all.map(([folder, id], key) => named({ folder, item: item(100 + key) }, id))),
    vanished: fc
      .array(fc.tuple(fc.integer({ min: 1, max: 3 }), fc.constantFrom(...states), identity), { maxLength: 6 })
      .map(all => all.map(([folder, state, id], key) => named({ row: row(key, { folder, state }) }, id))),
    reflagged: fc
      .array(fc.constantFrom(...states), { maxLength: 3 })
      .map(all => all.map((state, key) => ({ row: row(50 + key, { state }), flags: ['\\Seen'] }))),
    compared: fc.uniqueArray(fc.integer({ min: 1, max: 3 })).map(all => new Set(all)),
    sourceItems: fc.nat(3),
    written: fc.nat(50),
    deletionsAllowed: fc.nat(3),
    canMove: fc.boolean().map(can => (from: number, to: number) => can || from === to),
  })

  it('deletes only what we wrote, when mirroring, before the cutover, on the server’s word', () => {
    fc.assert(
      fc.property(input, given => {
        for (const deleted of planDelta(given).deletions) {
          assert.equal(deleted.state, 'done')
          assert.ok(deleted.targetKey !== undefined)
          assert.ok(given.policy === 'mirror' && !given.cutOver && given.sourceItems > 0 && !given.compared.has(deleted.folder))
        }
      }),
    )
  })

  it('deletes no more unasked than five in a hundred', () => {
    fc.assert(
      fc.property(input, given => {
        const deleted = planDelta(given).deletions.length
        assert.ok(deleted <= Math.max(given.written * 0.05, given.deletionsAllowed ?? 0))
      }),
    )
  })

  it('either copies what appeared or knows it as moved, each once', () => {
    fc.assert(
      fc.property(input, given => {
        const { copies, moves } = planDelta(given)
        const all = [...copies, ...moves.map(move => move.to)]
        assert.equal(all.length, given.appeared.length)
        assert.deepEqual(new Set(all), new Set(given.appeared))
      }),
    )
  })

  it('decides once about everything that vanished, but for open intents, what is known to be gone and what is held', () => {
    fc.assert(
      fc.property(input, given => {
        const { moves, deletions, orphaned, forgotten, held } = planDelta(given)
        const decided = [...moves.map(move => move.row), ...deletions, ...orphaned, ...forgotten]
        const open = given.vanished.filter(
          ({ row: { state } }) => state === 'intended' || state === 'orphaned' || state === 'removed',
        ).length
        assert.equal(new Set(decided).size, decided.length)
        assert.equal(decided.length + open + (held?.deletions ?? 0), given.vanished.length)
      }),
    )
  })
})

describe('new content in the source', () => {
  const changed = [{ row: row(1), item: item(1, { version: 'b', flags: ['\\Seen', '\\Deleted'] }) }]

  it('is carried over with its flags, but not by the policy "new"', () => {
    const plan = delta({ policy: 'changes', changed })
    assert.deepEqual(
      plan.contents.map(({ item: { key, flags } }) => [key, flags]),
      [[1, ['\\Seen']]],
    )
    assert.deepEqual(delta({ policy: 'new', changed }).contents, [])
  })

  it('of an item that was never written is no change of a copy', () => {
    for (const state of ['failed', 'filtered', 'intended'] satisfies ItemState[])
      assert.deepEqual(delta({ changed: [{ row: row(1, { state }), item: item(1) }] }).contents, [])
  })
})
