import assert from 'node:assert/strict'
import fc from 'fast-check'
import { heldParts, streamedBody } from '../../../../src/servers/base64Body.ts'

const chunks = fc.array(
  fc.uint8Array({ maxLength: 50 }).map(bytes => Buffer.from(bytes)),
  { maxLength: 20 },
)
const wrongSize = (expected: number, actual: number) => new RangeError(`${expected} ${actual}`)

async function* streamOf(pieces: readonly Buffer[]) {
  yield* pieces
}

const gathered = async (parts: AsyncIterable<Buffer>): Promise<Buffer> => {
  const all: Buffer[] = []
  for await (const part of parts) all.push(part)
  return Buffer.concat(all)
}

describe('a request with contents in it', () => {
  it('holds each content as one base64 text, however it is cut', () => {
    fc.assert(
      fc.property(chunks, pieces => {
        const bytes = Buffer.concat(pieces)
        const parts = heldParts(['<a>', { size: bytes.length, chunks: pieces }, '</a>'])
        // A request may have to be sent again, as NTLM wants it.
        for (const made of [Buffer.concat([...parts]), Buffer.concat([...parts])]) {
          assert.equal(made.toString(), `<a>${bytes.toString('base64')}</a>`)
          assert.equal(made.length, parts.size)
        }
      }),
    )
  })

  it('comes to the same as a stream, of the size it said', async () => {
    await fc.assert(
      fc.asyncProperty(chunks, async pieces => {
        const bytes = Buffer.concat(pieces)
        const body = streamedBody(['<ä>', { size: bytes.length, stream: streamOf(pieces) }, '</ä>'], wrongSize)
        const made = await gathered(body.parts)
        assert.equal(made.length, body.size)
        assert.equal(made.toString(), `<ä>${bytes.toString('base64')}</ä>`)
      }),
    )
  })

  for (const size of [2, 4]) {
    it(`ends where a stream of 3 bytes said ${size}`, async () => {
      const body = streamedBody([{ size, stream: streamOf([Buffer.from('abc')]) }], wrongSize)
      await assert.rejects(gathered(body.parts), new RangeError(`${size} 3`))
    })
  }
})
