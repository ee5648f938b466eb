import assert from 'node:assert/strict'
import fc from 'fast-check'
import { asPairId } from '../../src/domain/ids.ts'
import { movePairs } from '../../src/domain/movePairs.ts'
import { byTurn } from '../../src/domain/pairOrder.ts'

const pair = (name: string, priority = 0) => ({ id: asPairId(name), priority, source: { address: name } })
type Pairs = readonly ReturnType<typeof pair>[]

/** The order after a move, as the engine takes them. */
function orderAfter(pairs: Pairs, moved: readonly string[], before: string, complete = true): string[] {
  const priorities = movePairs(pairs, new Set(moved.map(asPairId)), asPairId(before), complete)
  const now = new Map(priorities.flatMap(group => group.pairs.map(id => [id, group.priority] as const)))
  return pairs
    .map(one => ({ ...one, priority: now.get(one.id) ?? one.priority }))
    .toSorted(byTurn)
    .map(({ id }) => id)
}

const abcd = [pair('a'), pair('b'), pair('c'), pair('d')]

describe('moving pairs', () => {
  it('brings one up or down to right before another', () => {
    assert.deepEqual(orderAfter(abcd, ['d'], 'b'), ['a', 'd', 'b', 'c'])
    assert.deepEqual(orderAfter(abcd, ['a'], 'd'), ['b', 'c', 'a', 'd'])
  })

  it('changes as few priorities as possible', () => {
    assert.deepEqual(movePairs(abcd, new Set([asPairId('a')]), asPairId('d'), true), [{ priority: -1, pairs: ['a', 'd'] }])
    assert.deepEqual(movePairs(abcd, new Set([asPairId('d')]), asPairId('a'), true), [{ priority: 1, pairs: ['d'] }])
  })

  it('touches nothing below where not all pairs are known', () => {
    assert.deepEqual(movePairs(abcd, new Set([asPairId('a')]), asPairId('d'), false), [{ priority: 1, pairs: ['b', 'c'] }])
  })

  it('leaves everybody else in order, whatever the priorities were', () => {
    const lists = fc.uniqueArray(fc.tuple(fc.stringMatching(/^[a-e]{1,3}$/), fc.integer({ min: -2, max: 2 })), {
      selector: ([name]) => name,
      minLength: 2,
    })
    fc.assert(
      fc.property(lists, fc.nat(), fc.infiniteStream(fc.boolean()), fc.boolean(), (named, at, picks, complete) => {
        const pairs = named.map(([name, priority]) => pair(name, priority)).toSorted(byTurn)
        const before = pairs[at % pairs.length] ?? assert.fail()
        const moved = pairs.filter(({ id }) => id !== before.id && picks.next().value === true).map(({ id }) => id)
        const rest = pairs.map(({ id }) => id).filter(id => !moved.includes(id))
        const wanted = rest.toSpliced(rest.indexOf(before.id), 0, ...moved)
        assert.deepEqual(orderAfter(pairs, moved, before.id, complete), wanted)
      }),
    )
  })
})
