import { isError, MailferryError } from '../../../domain/errors.ts'
import type { Folder } from '../../mailServer.ts'
import type { Wire } from './wire.ts'

/** The connections of one session. */
export interface Pool {
  /**
   * The wire on which a request on this folder is answered soonest: with little else to do, and if possible with the folder open.
   * Opens further ones behind the scenes while there is work for them. Throws when none can be had.
   */
  wire(folder?: Folder): Promise<Wire>
  /** A wire that is there and free, taken out of the pool. */
  takeIdle(): Wire | undefined
  close(): void
  destroy(error: MailferryError): void
}

export interface PoolOptions {
  /** The most wires at once. */
  readonly limit: number
  readonly open: () => Promise<Wire>
}

/** Load at which another wire is worth its sign-in. */
const busyLoad = 2

/** What going to another wire costs there, in units of load: opening the folder. */
const switchCost = 1

export function createPool({ limit: most, open }: PoolOptions): Pool {
  const wires = new Set<Wire>()
  let limit = most
  let opening: Promise<Wire> | undefined
  let openingCount = 0
  let ended: MailferryError | undefined

  const grow = (): Promise<Wire> => {
    openingCount++
    const opened = open().then(
      wire => {
        openingCount--
        if (ended) {
          wire.destroy(ended)
          throw ended
        }
        wires.add(wire)
        void wire.ended.then(() => wires.delete(wire))
        return wire
      },
      (error: unknown) => {
        openingCount--
        // Goes on with what is there, and leaves a server alone that doesn't want more.
        if (wires.size > 0 || isError(error, 'server.tooManyConnections')) limit = Math.max(1, wires.size)
        throw error
      },
    )
    opening = opened
    opened.catch(() => {})
    return opened
  }

  const cost = (wire: Wire, folder: Folder | undefined) => wire.load + (folder && wire.selected?.folder.id !== folder.id ? switchCost : 0)

  const best = (folder: Folder | undefined): Wire | undefined => {
    let chosen: Wire | undefined
    for (const wire of wires) if (wire.alive && (!chosen || cost(wire, folder) < cost(chosen, folder))) chosen = wire
    return chosen
  }

  return {
    async wire(folder) {
      if (ended) throw ended
      const chosen = best(folder)
      if (chosen && chosen.load < busyLoad) return chosen
      const mayGrow = wires.size + openingCount < limit && openingCount < Math.max(1, wires.size)
      if (chosen) {
        if (mayGrow) void grow().catch(() => {})
        return chosen
      }
      // The first sign-in goes alone: were it refused, several at once would be several refusals.
      return opening !== undefined && openingCount > 0 ? opening : grow()
    },
    takeIdle() {
      for (const wire of wires) {
        if (!wire.alive || wire.load > 0) continue
        wires.delete(wire)
        return wire
      }
      return undefined
    },
    close() {
      ended ??= new MailferryError('stopped', { what: 'session' })
      for (const wire of wires) wire.close()
    },
    destroy(error) {
      ended ??= error
      for (const wire of wires) wire.destroy(error)
    },
  }
}
