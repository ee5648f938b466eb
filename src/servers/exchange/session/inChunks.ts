/** Does some of it with each request, as many requests at once as the gate lets through. The first trouble is thrown when all have ended. */
export async function inChunks<Value>(all: readonly Value[], size: number, work: (some: readonly Value[]) => Promise<void>): Promise<void> {
  const chunks = Array.from({ length: Math.ceil(all.length / size) }, (_, index) => all.slice(index * size, (index + 1) * size))
  const ended = await Promise.allSettled(chunks.map(work))
  for (const one of ended) if (one.status === 'rejected') throw one.reason
}
