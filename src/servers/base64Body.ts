import type { Content } from './mailServer.ts'

/** Bytes that so many become in base64. */
export const base64Length = (bytes: number): number => Math.ceil(bytes / 3) * 4

/** Bytes encoded at once, whole groups of three: strings this short die young, longer ones pile up until the whole heap is collected. */
const slice = 12_288

function encoded(bytes: Buffer): Buffer {
  const out = Buffer.allocUnsafe(base64Length(bytes.length))
  let length = 0
  for (let at = 0; at < bytes.length; at += slice) length += out.write(bytes.toString('base64', at, at + slice), length, 'latin1')
  return out
}

/** Bytes that make one piece, so that no large buffer is made of a large one. */
const pieceSize = 4 * slice

function* encodedPieces(bytes: Buffer): Generator<Buffer, void> {
  for (let at = 0; at < bytes.length; at += pieceSize) yield encoded(bytes.subarray(at, at + pieceSize))
}

/** Some bytes as base64, piece by piece. Only the last piece is padded. */
function* encode(chunks: Iterable<Buffer>): Generator<Buffer, void> {
  let rest: Buffer = Buffer.alloc(0)
  for (const chunk of chunks) {
    const bytes = rest.length === 0 ? chunk : Buffer.concat([rest, chunk])
    const whole = bytes.length - (bytes.length % 3)
    yield* encodedPieces(bytes.subarray(0, whole))
    rest = bytes.subarray(whole)
  }
  if (rest.length > 0) yield encoded(rest)
}

/** The same for a stream. What it throws, and that it has another length than told, ends the request. */
async function* encodeStream(
  stream: AsyncIterable<Buffer>,
  size: number,
  wrongSize: (actual: number) => Error,
): AsyncGenerator<Buffer, void> {
  let rest: Buffer = Buffer.alloc(0)
  let read = 0
  for await (const chunk of stream) {
    read += chunk.length
    if (read > size) throw wrongSize(read)
    const bytes = rest.length === 0 ? chunk : Buffer.concat([rest, chunk])
    const whole = bytes.length - (bytes.length % 3)
    yield* encodedPieces(bytes.subarray(0, whole))
    rest = bytes.subarray(whole)
  }
  if (read < size) throw wrongSize(read)
  if (rest.length > 0) yield encoded(rest)
}

/** A text with the base64 of contents in it: what a request is made of. */
export type Piece = string | Content

/** What pieces come to, encoded each time it is gone through, so that only the contents are held. Streams can't be among them. */
export function heldParts(pieces: readonly Piece[]): Iterable<Buffer> & { readonly size: number } {
  const parts = pieces.map(piece => {
    if (typeof piece === 'string') return Buffer.from(piece)
    if ('chunks' in piece) return piece
    throw new TypeError('a stream is to be sent as one')
  })
  return {
    size: sizeOf(parts),
    *[Symbol.iterator]() {
      for (const part of parts) {
        if ('chunks' in part) yield* encode(part.chunks)
        else yield part
      }
    },
  }
}

const sizeOf = (parts: readonly (Buffer | Content)[]): number =>
  parts.reduce((sum, part) => sum + ('size' in part ? base64Length(part.size) : part.length), 0)

/** The same as a body of known size that is made while it is sent. `wrongSize` makes the error for a stream that is longer or shorter than it said. */
export function streamedBody(pieces: readonly Piece[], wrongSize: (expected: number, actual: number) => Error) {
  const texts = pieces.map(piece => (typeof piece === 'string' ? Buffer.from(piece) : piece))
  async function* parts(): AsyncGenerator<Buffer, void> {
    for (const piece of texts) {
      if (!('size' in piece)) yield piece
      else if ('chunks' in piece) yield* encode(piece.chunks)
      else yield* encodeStream(piece.stream, piece.size, actual => wrongSize(piece.size, actual))
    }
  }
  return { size: sizeOf(texts), parts: parts() }
}
