import assert from 'node:assert/strict'
import { createWaitingLine } from '../../src/domain/waitingLine.ts'

const never = new AbortController().signal

describe('a line of those who wait', () => {
  it('gives turns in the order of coming, and none to nobody', async () => {
    const line = createWaitingLine<string, number>()
    line.call('lost')
    const turns = [line.join(1, never), line.join(2, never)]
    assert.deepEqual([line.first, line.length], [1, 2])
    line.call('a')
    assert.deepEqual([line.first, line.length], [2, 1])
    line.call('b')
    assert.deepEqual(await Promise.all(turns), ['a', 'b'])
    assert.deepEqual([line.first, line.length], [undefined, 0])
  })

  it('lets go of who gives up, and says so once', async () => {
    const line = createWaitingLine<string, number>()
    const leaving = new AbortController()
    const left: (number | undefined)[] = []
    const first = line.join(1, leaving.signal, () => left.push(line.first))
    const second = line.join(2, never)
    leaving.abort(new Error('enough'))
    await assert.rejects(first, /enough/)
    assert.deepEqual(left, [2])
    line.call('a')
    assert.equal(await second, 'a')
    await assert.rejects(line.join(3, leaving.signal), /enough/)
    assert.equal(line.length, 0)
  })

  it('keeps a turn that was given before the signal', async () => {
    const line = createWaitingLine<string>()
    const late = new AbortController()
    const turn = line.join(undefined, late.signal)
    line.call('a')
    late.abort()
    assert.equal(await turn, 'a')
  })
})
