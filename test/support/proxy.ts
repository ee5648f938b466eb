import { once } from 'node:events'
import { connect, createServer, type Socket } from 'node:net'
import { type Pipe, startPipe } from './pipe.ts'
import { type Random, seeded } from './random.ts'

export interface ProxyOptions {
  readonly to: { readonly host: string; readonly port: number }
  /** Milliseconds for a byte to the server and its answer back; half is added each way. Bytes are delayed, never serialised. */
  readonly roundTripMs?: number
  /** Each direction's capacity, shared by all connections. */
  readonly bytesPerSecond?: number
  readonly faults?: Faults
}

/** Trouble at random, the same for the same seed as far as the traffic is the same. */
export interface Faults {
  readonly seed: number
  /** Each connection is reset after about so many bytes, both directions together, wherever that is. */
  readonly cutEveryBytes?: number
  /** All connections are reset about so often. */
  readonly cutEveryMs?: number
  /** All connections stand still about so often, for `stallMs` each time. */
  readonly stallEveryMs?: number
  readonly stallMs?: number
}

export interface ProxyStats {
  readonly connections: number
  readonly open: number
  readonly cuts: number
  readonly bytesUp: number
  readonly bytesDown: number
  /** How often, over all connections, the server's bytes followed the client's: what latency is paid for. */
  readonly roundTrips: number
}

export interface Proxy extends AsyncDisposable {
  readonly host: string
  readonly port: number
  /** Resets every open connection now; new ones are taken. */
  cut(): void
  /** Nothing passes for so long, or until `resume`; connections stay open. */
  stall(ms?: number): void
  /** What is asked passes, and no answer does until `resume`. */
  hold(): void
  resume(): void
  /** New connections are reset at once until `allow`. */
  refuse(): void
  allow(): void
  stats(): ProxyStats
  stop(): Promise<void>
}

interface Link {
  readonly sockets: readonly [Socket, Socket]
  readonly pipes: readonly [Pipe, Pipe]
}

/** A TCP proxy on loopback between a client and a server under test, for latency, narrow lines and every way a connection dies. */
export async function startProxy(options: ProxyOptions): Promise<Proxy> {
  const oneWayMs = (options.roundTripMs ?? 0) / 2
  const links = new Set<Link>()
  const timers = new Set<NodeJS.Timeout>()
  const random = seeded(options.faults?.seed ?? 0)
  const lines = { up: { freeAt: 0 }, down: { freeAt: 0 } }
  const count = {
    connections: 0,
    cuts: 0,
    bytesUp: 0,
    bytesDown: 0,
    roundTrips: 0,
  }
  let stalled = false
  let holding = false
  let refusing = false
  let wake: NodeJS.Timeout | undefined

  const drop = (link: Link): void => {
    links.delete(link)
    for (const pipe of link.pipes) pipe.end()
    for (const socket of link.sockets) socket.resetAndDestroy()
  }
  const cut = (): void => {
    for (const link of [...links]) {
      count.cuts++
      drop(link)
    }
  }
  const resume = (): void => {
    stalled = false
    holding = false
    clearTimeout(wake)
    for (const link of links) for (const pipe of link.pipes) pipe.resume()
  }
  const stall = (ms?: number): void => {
    stalled = true
    clearTimeout(wake)
    for (const link of links) for (const pipe of link.pipes) pipe.pause()
    if (ms !== undefined) wake = setTimeout(resume, ms)
  }

  const hold = (): void => {
    holding = true
    for (const { pipes } of links) pipes[1].pause()
  }

  const join = (client: Socket, cutAfter: number): void => {
    const server = connect({
      ...options.to,
      allowHalfOpen: true,
      noDelay: true,
    })
    let left = cutAfter
    let lastUp = false
    const budget = (wanted: number): number => {
      const allowed = Math.min(wanted, left)
      left -= allowed
      return allowed
    }
    const exhausted = (): void => {
      count.cuts++
      drop(link)
    }
    const shared = {
      delayMs: oneWayMs,
      bytesPerSecond: options.bytesPerSecond,
      budget,
      exhausted,
    }
    const up = startPipe(client, server, {
      ...shared,
      line: lines.up,
      passed: bytes => {
        count.bytesUp += bytes
        lastUp = true
      },
    })
    const down = startPipe(server, client, {
      ...shared,
      line: lines.down,
      passed: bytes => {
        count.bytesDown += bytes
        if (lastUp) count.roundTrips++
        lastUp = false
      },
    })
    const link: Link = { sockets: [client, server], pipes: [up, down] }
    links.add(link)
    if (stalled) for (const pipe of link.pipes) pipe.pause()
    if (holding) down.pause()
    for (const socket of link.sockets) {
      socket.on('close', hadError => {
        if (hadError && links.has(link)) drop(link)
        else if (link.sockets.every(one => one.destroyed)) links.delete(link)
      })
    }
  }

  const listener = createServer({ allowHalfOpen: true, noDelay: true }, client => {
    client.on('error', () => client.destroy())
    if (refusing) {
      client.resetAndDestroy()
      return
    }
    count.connections++
    const mean = options.faults?.cutEveryBytes
    const cutAfter = mean === undefined ? Number.POSITIVE_INFINITY : Math.max(1, Math.round(random.around(mean)))
    // The three packets of TCP's own handshake pass before the server hears of a connection.
    later(timers, oneWayMs * 3, () => !client.destroyed && join(client, cutAfter))
  })
  listener.listen(0, '127.0.0.1')
  await once(listener, 'listening')
  const address = listener.address()
  if (address === null || typeof address === 'string') throw new Error('the proxy has no TCP address')

  if (options.faults?.cutEveryMs !== undefined) atRandom(timers, random, options.faults.cutEveryMs, cut)
  const { stallEveryMs, stallMs } = options.faults ?? {}
  if (stallEveryMs !== undefined) atRandom(timers, random, stallEveryMs, () => stall(stallMs ?? 1000))

  const stop = async (): Promise<void> => {
    for (const timer of timers) clearTimeout(timer)
    clearTimeout(wake)
    for (const link of [...links]) drop(link)
    if (!listener.listening) return
    await new Promise(resolve => listener.close(resolve))
  }
  return {
    host: '127.0.0.1',
    port: address.port,
    cut,
    stall,
    hold,
    resume,
    refuse: () => {
      refusing = true
    },
    allow: () => {
      refusing = false
    },
    stats: () => ({ ...count, open: links.size }),
    stop,
    [Symbol.asyncDispose]: stop,
  }
}

function later(timers: Set<NodeJS.Timeout>, ms: number, work: () => void): void {
  if (ms === 0) {
    work()
    return
  }
  const timer = setTimeout(() => {
    timers.delete(timer)
    work()
  }, ms)
  timers.add(timer)
}

/** Does `work` again and again, about every `meanMs`. */
function atRandom(timers: Set<NodeJS.Timeout>, random: Random, meanMs: number, work: () => void): void {
  later(timers, Math.max(1, random.around(meanMs)), () => {
    work()
    atRandom(timers, random, meanMs, work)
  })
}
