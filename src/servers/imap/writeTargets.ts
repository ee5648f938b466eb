import type { Folder } from '../mailServer.ts'
import type { SessionContext } from './sessionContext.ts'
import type { FlagLimits } from './takenFlags.ts'
import { type Selection, select } from './wire/selection.ts'
import type { Wire } from './wire/wire.ts'

/** A wire for writing to one folder. */
export interface Target {
  readonly wire: Wire
  /** Open or about to be; what it tells of flags is known when it answered. */
  readonly selection: Selection
  /** As far as known by now. */
  limits(): FlagLimits
  /** The server took a message only without its keywords. */
  refusesKeywords(): void
}

/** Sends the writes to one folder down one wire while any is under way, so that they arrive in order; other folders' go elsewhere. */
export interface WriteTargets {
  use<Result>(folder: Folder, work: (target: Target) => Promise<Result>): Promise<Result>
}

export function createWriteTargets({ pool }: SessionContext): WriteTargets {
  const inUse = new Map<string, { readonly wire: Promise<Wire>; users: number }>()
  const withoutKeywords = new Set<string>()

  const wireFor = (folder: Folder): Promise<Wire> => {
    const entry = inUse.get(folder.id) ?? { wire: pool.wire(folder), users: 0 }
    entry.users++
    inUse.set(folder.id, entry)
    return entry.wire
  }
  const done = (folder: Folder) => {
    const entry = inUse.get(folder.id)
    if (entry && --entry.users === 0) inUse.delete(folder.id)
  }
  return {
    async use(folder, work) {
      try {
        const wire = await wireFor(folder)
        // An open folder is quicker to append to: the server needn't open it for each command. It also tells which flags it keeps.
        const selection = select(wire, folder, { writable: true })
        return await work({
          wire,
          selection,
          limits: () => ({ permanentFlags: selection.permanentFlags, noKeywords: withoutKeywords.has(folder.id) }),
          refusesKeywords: () => withoutKeywords.add(folder.id),
        })
      } finally {
        done(folder)
      }
    },
  }
}
