/** A body that lets go of its connection at its end. One that is left early has closed it, which the pool then sees for itself. */
export async function* released(body: AsyncIterable<Buffer>, release: () => void): AsyncGenerator<Buffer, void> {
  try {
    yield* body
  } finally {
    release()
  }
}
