import { createWaitingLine } from '../../domain/waitingLine.ts'
import { stopped } from '../stopped.ts'
import type { HttpConnection } from './httpConnection.ts'

export interface Lease {
  readonly connection: HttpConnection
  /** For the next request, where the connection can still be used. */
  giveBack(): void
  close(): void
}

export interface ConnectionPool {
  /** An idle connection, or a new one; waits where the bound is reached. */
  take(signal: AbortSignal): Promise<Lease>
  close(): void
}

/** Keeps connections open between requests, the one used last first, so that those nobody needs run into their idle limit. */
export function connectionPool(limit: number, open: (signal: AbortSignal) => Promise<HttpConnection>): ConnectionPool {
  const idle: HttpConnection[] = []
  const all = new Set<HttpConnection>()
  const waiting = createWaitingLine<void>()
  let taken = 0
  let closed = false

  const freed = () => {
    taken -= 1
    waiting.call()
  }

  const lease = (connection: HttpConnection): Lease => {
    let over = false
    const end = (keep: boolean) => {
      if (over) return
      over = true
      if (keep && connection.usable && !closed) idle.push(connection)
      else {
        connection.close()
        all.delete(connection)
      }
      freed()
    }
    return { connection, giveBack: () => end(true), close: () => end(false) }
  }

  return {
    async take(signal) {
      if (signal.aborted) throw stopped(signal, 'request')
      while (taken >= limit) {
        await waiting.join(undefined, signal).catch(() => {
          throw stopped(signal, 'request')
        })
      }
      taken += 1
      for (let connection = idle.pop(); connection; connection = idle.pop()) {
        if (connection.usable) return lease(connection)
        all.delete(connection)
      }
      try {
        const connection = await open(signal)
        all.add(connection)
        return lease(connection)
      } catch (error) {
        freed()
        throw error
      }
    },
    close() {
      closed = true
      for (const connection of all) connection.close()
      all.clear()
    },
  }
}
