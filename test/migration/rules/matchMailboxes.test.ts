import assert from 'node:assert/strict'
import type { Mailbox } from '../../../src/domain/pair.ts'
import { matchListed } from '../../../src/migration/rules/matchListed.ts'
import { matchMailboxes } from '../../../src/migration/rules/matchMailboxes.ts'

const mailbox = (address: string, displayName?: string): Mailbox => ({ address, ...(displayName === undefined ? {} : { displayName }) })
const addresses = (all: readonly Mailbox[]): string[] => all.map(({ address }) => address)

describe('matching mailboxes automatically', () => {
  const sources = [mailbox('Ann@old.example', 'Ann Lee'), mailbox('bob@old.example', 'Bob'), mailbox('info@old.example', 'Information')]

  it('finds those with the same local part, in any case', () => {
    const matched = matchMailboxes(
      sources,
      [mailbox('ann@new.example'), mailbox('BOB@new.example'), mailbox('zoe@new.example')],
      'localPart',
    )
    assert.deepEqual(
      matched.pairs.map(({ source, target }) => [source.address, target.address]),
      [
        ['Ann@old.example', 'ann@new.example'],
        ['bob@old.example', 'BOB@new.example'],
      ],
    )
    assert.deepEqual([addresses(matched.unmatched), addresses(matched.unused)], [['info@old.example'], ['zoe@new.example']])
  })

  it('finds those with the same display name', () => {
    const matched = matchMailboxes(sources, [mailbox('a.lee@new.example', ' ann  LEE ')], 'displayName')
    assert.deepEqual(
      matched.pairs.map(({ target }) => target.address),
      ['a.lee@new.example'],
    )
  })

  it('matches no mailbox that is called nothing', () => {
    assert.deepEqual(matchMailboxes([mailbox('a@x')], [mailbox('b@y')], 'displayName').pairs, [])
    assert.deepEqual(matchMailboxes([mailbox('@x')], [mailbox('@y')], 'localPart').pairs, [])
  })

  it('lists what is ambiguous on either side instead of guessing', () => {
    const twoTargets = matchMailboxes([mailbox('ann@old')], [mailbox('ann@new'), mailbox('ann@other')], 'localPart')
    assert.deepEqual(
      [twoTargets.pairs, twoTargets.ambiguous.map(({ name, targets }) => [name, addresses(targets)])],
      [[], [['ann', ['ann@new', 'ann@other']]]],
    )
    const twoSources = matchMailboxes([mailbox('ann@old'), mailbox('ann@older')], [mailbox('ann@new')], 'localPart')
    assert.deepEqual([twoSources.pairs, twoSources.ambiguous.length, addresses(twoSources.unused)], [[], 1, ['ann@new']])
  })

  it('takes a mailbox that is listed twice for one', () => {
    assert.equal(matchMailboxes([mailbox('ann@old'), mailbox('ANN@old')], [mailbox('ann@new')], 'localPart').pairs.length, 1)
  })

  it('matches bare logins', () => {
    assert.equal(matchMailboxes([mailbox('ann')], [mailbox('ann@new.example')], 'localPart').pairs.length, 1)
  })
})

describe('matching mailboxes as listed', () => {
  const line = (at: number, source: string, target: string) => ({ line: at, source, target })

  it('takes the list as it is where a server can’t list its mailboxes', () => {
    assert.deepEqual(matchListed([line(2, ' a ', 'b')]), { pairs: [{ source: { address: 'a' }, target: { address: 'b' } }], problems: [] })
  })

  it('finds each mailbox by its address or its id', () => {
    const source = { address: 'ann@old', id: 'guid-1', displayName: 'Ann' }
    for (const written of ['ANN@old', 'guid-1']) {
      assert.deepEqual(matchListed([line(2, written, 'b')], [source]).pairs, [{ source, target: { address: 'b' } }])
    }
  })

  it('names the lines of what does not exist or was listed before, and takes the rest', () => {
    const { pairs, problems } = matchListed(
      [line(2, 'a', 'x'), line(3, 'A', 'y'), line(4, 'nobody', 'z'), line(5, 'b', 'X')],
      [mailbox('a'), mailbox('b')],
    )
    assert.deepEqual(
      pairs.map(({ source }) => source.address),
      ['a'],
    )
    assert.deepEqual(problems, [
      { line: 3, message: 'the source mailbox “a” is listed in line 2 already' },
      { line: 4, message: 'the source has no mailbox “nobody”' },
      { line: 5, message: 'the target mailbox “X” is listed in line 2 already' },
    ])
  })
})
