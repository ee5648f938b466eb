/** A content that may be gone through several times, one after the other: the first time as it was begun, then read anew. */
export function reopened(first: AsyncIterable<Buffer>, anew: () => AsyncIterable<Buffer>): AsyncIterable<Buffer> {
  let begun = false
  return {
    [Symbol.asyncIterator]() {
      const stream = begun ? anew() : first
      begun = true
      return stream[Symbol.asyncIterator]()
    },
  }
}
