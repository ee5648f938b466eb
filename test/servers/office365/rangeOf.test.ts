import assert from 'node:assert/strict'
import fc from 'fast-check'
import { rangeOf } from '../../../src/servers/office365/session/uploadRanges.ts'

describe('a range of a file', () => {
  it('is its bytes, wherever they lie, and no copy of them', () => {
    const chunks = fc.array(
      fc.uint8Array({ maxLength: 20 }).map(bytes => Buffer.from(bytes)),
      { maxLength: 10 },
    )
    fc.assert(
      fc.property(chunks, fc.nat(100), fc.nat(100), (file, from, length) => {
        const range = rangeOf(file, from, length)
        assert.deepEqual(Buffer.concat(range), Buffer.concat(file).subarray(from, from + length))
        assert.ok(range.every(part => file.some(chunk => chunk.buffer === part.buffer)))
      }),
    )
  })
})
