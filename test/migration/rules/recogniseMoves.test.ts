import assert from 'node:assert/strict'
import type { ItemInfo } from '../../../src/domain/mail.ts'
import type { ItemRow } from '../../../src/ledger/rows.ts'
import { type Appeared, moveCandidates, moveIdentity, recogniseMoves, type Vanished } from '../../../src/migration/rules/recogniseMoves.ts'
import { item, row } from './build.ts'

const came = (folder: number, key: number, identity?: string, more: Partial<ItemInfo> = {}): Appeared => ({
  folder,
  item: item(key, more),
  ...(identity === undefined ? {} : { identity }),
})
const went = (folder: number, key: number, identity?: string, more: Partial<ItemRow> = {}): Vanished => ({
  row: row(key, { folder, ...more }),
  ...(identity === undefined ? {} : { identity }),
})
const moves = (appeared: Appeared[], vanished: Vanished[]): string[] =>
  recogniseMoves(appeared, vanished)
    .map(({ row: gone, to }) => `${gone.folder}:${gone.key} → ${to.folder}:${to.item.key}`)
    .toSorted()

describe('what could have moved', () => {
  it('has the size and date of what disappeared, give or take a second', () => {
    const appeared = [
      came(2, 1),
      came(2, 2, undefined, { size: 7 }),
      came(2, 3, undefined, { received: 1_700_000_000_999 }),
      came(2, 4, undefined, { received: 0 }),
    ]
    const candidates = moveCandidates(appeared, [went(1, 9), went(1, 8, undefined, { size: 8 })])
    assert.deepEqual(
      candidates.appeared.map(one => one.item.key),
      [1, 3],
    )
    assert.deepEqual(
      candidates.vanished.map(one => one.row.key),
      [9],
    )
  })

  it('was written once', () => {
    assert.deepEqual(moveCandidates([came(2, 1)], [went(1, 9, undefined, { state: 'failed' })]), { appeared: [], vanished: [] })
  })
})

describe('a move', () => {
  it('is a disappearance and an appearance of the same item', () => {
    assert.deepEqual(moves([came(2, 5, 'x'), came(2, 6, 'y')], [went(1, 1, 'x')]), ['1:1 → 2:5'])
  })

  it('needs an identity on both sides', () => {
    assert.deepEqual(moves([came(2, 5)], [went(1, 1)]), [])
  })

  it('is not seen where one of two copies went and nobody knows which', () => {
    assert.deepEqual(moves([came(3, 5, 'x')], [went(1, 1, 'x'), went(2, 1, 'x')]), [])
    assert.deepEqual(moves([came(2, 5, 'x'), came(3, 5, 'x')], [went(1, 1, 'x')]), [])
    assert.deepEqual(moves([came(2, 5, 'x')], [went(1, 1, 'x'), went(1, 2, 'x')]), [])
  })

  it('is seen where all copies went together, each with its flags', () => {
    const appeared = [came(2, 5, 'x', { flags: ['\\Seen'] }), came(2, 6, 'x', { flags: ['\\Answered'] })]
    const vanished = [went(1, 1, 'x', { flags: ['\\Answered'] }), went(1, 2, 'x', { flags: ['\\Seen'] })]
    assert.deepEqual(moves(appeared, vanished), ['1:1 → 2:6', '1:2 → 2:5'])
  })

  it('is not one of an item that was never written', () => {
    assert.deepEqual(moves([came(2, 5, 'x')], [went(1, 1, 'x', { state: 'filtered' })]), [])
  })
})

describe('where sizes are approximate', () => {
  it('what could have moved has the date of what disappeared, whatever its size', () => {
    const appeared = [came(2, 1, undefined, { size: 7 }), came(2, 2, undefined, { received: 0 })]
    assert.deepEqual(
      moveCandidates(appeared, [went(1, 9)], false).appeared.map(one => one.item.key),
      [1],
    )
  })

  it('the same item is known by its fingerprint and the second it was received in', () => {
    const kind = { exactSizes: false, loosely: false }
    const identity = (size: number, received: number) => moveIdentity(item(1, { size, received }), { exact: 'e', loose: 'l' }, kind)
    assert.equal(identity(1, 5000), identity(2, 5999))
    assert.notEqual(identity(1, 5000), identity(1, 6000))
  })

  it('a copy whose headers were written anew is known by its loose fingerprint', () => {
    const of = (exact: string, loosely: boolean) => moveIdentity(item(1), { exact, loose: 'l' }, { exactSizes: true, loosely })
    assert.equal(of('a', true), of('b', true))
    assert.notEqual(of('a', false), of('b', false))
  })
})
