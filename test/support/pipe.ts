import type { Socket } from 'node:net'

export interface PipeOptions {
  readonly delayMs: number
  readonly bytesPerSecond: number | undefined
  /** When the shared line is free again, `performance.now()` milliseconds. */
  readonly line: { freeAt: number }
  /** How many of so many bytes may still pass before the connection is cut. */
  readonly budget: (wanted: number) => number
  readonly exhausted: () => void
  readonly passed: (bytes: number) => void
}

/** One direction of one proxied connection. */
export interface Pipe {
  pause(): void
  resume(): void
  end(): void
}

/** What may be under way at once, as a wide TCP window would allow; above it the sender is made to wait. */
const widest = 32 * 1024 * 1024

/** A narrow line has a small window, or what a dead connection left under way would keep the living waiting for minutes. */
const window = (bytesPerSecond: number | undefined): number =>
  bytesPerSecond === undefined ? widest : Math.max(16 * 1024, bytesPerSecond / 20)

/** Carries bytes from one socket to the other, each chunk `delayMs` after it came, however many are under way. */
export function startPipe(from: Socket, to: Socket, options: PipeOptions): Pipe {
  const waiting: { readonly at: number; readonly bytes: Buffer | undefined }[] = []
  let underWay = 0
  let paused = false
  let ended = false
  let blocked = false
  let timer: NodeJS.Timeout | undefined

  const most = window(options.bytesPerSecond)
  const lineTime = (bytes: number): number => (options.bytesPerSecond === undefined ? 0 : (bytes / options.bytesPerSecond) * 1000)
  const arrival = (bytes: number): number => {
    const now = performance.now()
    if (options.bytesPerSecond === undefined) return now + options.delayMs
    options.line.freeAt = Math.max(options.line.freeAt, now) + lineTime(bytes)
    return options.line.freeAt + options.delayMs
  }

  const deliver = (bytes: Buffer): void => {
    underWay -= bytes.length
    if (underWay <= most / 2) from.resume()
    const allowed = options.budget(bytes.length)
    options.passed(allowed)
    if (allowed === bytes.length) {
      blocked = !to.write(bytes)
      return
    }
    ended = true
    to.write(bytes.subarray(0, allowed), () => options.exhausted())
  }

  const flush = (): void => {
    clearTimeout(timer)
    timer = undefined
    while (!paused && !ended && !blocked) {
      const head = waiting[0]
      if (head === undefined) return
      const wait = head.at - performance.now()
      if (wait > 0.2) {
        timer = setTimeout(flush, wait)
        return
      }
      waiting.shift()
      if (head.bytes === undefined) to.end()
      else deliver(head.bytes)
    }
  }

  to.on('drain', () => {
    blocked = false
    flush()
  })
  from.on('data', (bytes: Buffer) => {
    if (ended) return
    underWay += bytes.length
    waiting.push({ at: arrival(bytes.length), bytes })
    if (underWay > most) from.pause()
    if (timer === undefined) flush()
  })
  from.on('end', () => {
    waiting.push({ at: arrival(0), bytes: undefined })
    if (timer === undefined) flush()
  })
  from.on('error', () => from.destroy())

  return {
    pause: () => {
      paused = true
    },
    resume: () => {
      paused = false
      flush()
    },
    end: () => {
      ended = true
      // Others may have what it would have taken of the line.
      options.line.freeAt -= lineTime(underWay)
      underWay = 0
      waiting.length = 0
      clearTimeout(timer)
    },
  }
}
