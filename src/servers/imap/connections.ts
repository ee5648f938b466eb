import type { ImapFlow } from 'imapflow'
import type { OpenOptions } from '../mailServer.ts'
import { handOver, namespaceOf } from './handOver.ts'
import type { SessionDeps } from './session.ts'
import type { SessionContext } from './sessionContext.ts'
import { createPool, type Pool } from './wire/pool.ts'
import { Wire } from './wire/wire.ts'

/** imapflow's client for the few commands it knows the servers' quirks of: LIST, CREATE. */
export interface Control {
  /** Runs `work` with a signed-in client, one after the other. */
  use<Result>(work: (client: ImapFlow) => Promise<Result>): Promise<Result>
  close(): void
}

export interface Connections {
  readonly context: SessionContext
  readonly pool: Pool
  readonly control: Control
}

/** Signs in for the first time, and makes the pool whose wires sign in as they are needed. A client that isn't in use becomes the next wire. */
export async function openConnections(
  { host, mailbox, connect, silence = 60_000 }: SessionDeps,
  { signal, connections, readAhead = 24_000_000, onBusy, meter }: OpenOptions,
): Promise<Connections> {
  const first = await connect(signal)
  let spare: ImapFlow | undefined = first
  let queue: Promise<unknown> = Promise.resolve()
  let closed = false

  const takeSpare = (): ImapFlow | undefined => {
    const client = spare?.usable === true ? spare : undefined
    spare = undefined
    return client
  }
  const pool = createPool({
    limit: Math.max(1, connections),
    open: async () => new Wire(handOver(takeSpare() ?? (await connect(signal))), { host, mailbox, silence, onBusy, meter }),
  })
  const use = async <Result>(work: (client: ImapFlow) => Promise<Result>): Promise<Result> => {
    // A wire without work makes room under the server's limit of connections.
    let client = takeSpare()
    if (!client) {
      pool.takeIdle()?.close()
      client = await connect(signal)
    }
    try {
      return await work(client)
    } finally {
      if (client.usable && !spare && !closed) spare = client
      else client.close()
    }
  }
  const { capabilities, greeting = '' } = first
  const limit = capabilities.get('APPENDLIMIT')
  return {
    pool,
    context: {
      host,
      mailbox,
      pool,
      ahead: { bytes: 0, most: readAhead },
      capabilities: new Set([...capabilities.keys()].map(name => name.toUpperCase())),
      namespace: namespaceOf(first),
      appendLimit: typeof limit === 'number' && limit > 0 ? limit : undefined,
      // They store something else than messages and guess how long one would be.
      exactSizes: !/microsoft exchange|domino/i.test(greeting),
    },
    control: {
      use(work) {
        const result = queue.then(() => use(work))
        queue = result.catch(() => {})
        return result
      },
      close() {
        closed = true
        spare?.close()
      },
    },
  }
}
