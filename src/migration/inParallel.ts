/** Works on so many things at once and gives the results as they come. The first trouble is thrown when those under way have ended. */
export async function* inParallel<Item, Result>(
  items: AsyncIterable<Item> | Iterable<Item>,
  width: number,
  work: (item: Item) => Promise<Result>,
): AsyncGenerator<Result, void, undefined> {
  const running = new Map<number, Promise<{ readonly id: number; readonly result: Result }>>()
  let ids = 0
  const next = async (): Promise<Result> => {
    const { id, result } = await Promise.race(running.values())
    running.delete(id)
    return result
  }
  try {
    for await (const item of items) {
      const id = ++ids
      const one = work(item).then(result => ({ id, result }))
      // Its failure is met when it is raced for.
      one.catch(() => undefined)
      running.set(id, one)
      if (running.size >= width) yield await next()
    }
    while (running.size > 0) yield await next()
  } finally {
    await Promise.allSettled(running.values())
  }
}
