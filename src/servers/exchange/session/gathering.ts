import { setTimeout as sleep } from 'node:timers/promises'

/** Something that may go into one request with others. */
export interface Gathered {
  /** Of a request's items, and their bytes. */
  readonly items: number
  readonly bytes: number
}

export interface GatheringLimits {
  readonly items: number
  readonly bytes: number
  /** Milliseconds that the first one waits for others. */
  readonly moment: number
}

/**
 * Does things together that come within a moment of each other, as far as they fit into one request: a mailbox has many folders whose few items would each be a
 * request of their own. What fills a request alone doesn't wait.
 */
export function createGathering<Part extends Gathered>(
  { items, bytes, moment }: GatheringLimits,
  go: (parts: readonly Part[]) => Promise<void>,
): (part: Part) => Promise<void> {
  let open: { readonly parts: Part[]; items: number; bytes: number; readonly done: Promise<void>; close(): void } | undefined

  const begin = () => {
    const parts: Part[] = []
    const closed = Promise.withResolvers<void>()
    const group = {
      parts,
      items: 0,
      bytes: 0,
      done: Promise.race([closed.promise, sleep(moment)]).then(() => {
        if (open === group) open = undefined
        return go(parts)
      }),
      close: () => {
        open = undefined
        closed.resolve()
      },
    }
    return group
  }

  return part => {
    if (part.items * 2 > items || part.bytes * 2 > bytes) return go([part])
    if (open && (open.items + part.items > items || open.bytes + part.bytes > bytes)) open.close()
    open ??= begin()
    open.parts.push(part)
    open.items += part.items
    open.bytes += part.bytes
    return open.done
  }
}
