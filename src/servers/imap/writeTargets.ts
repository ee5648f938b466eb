import type { Folder } from '../mailServer.ts'
import type { SessionContext } from './sessionContext.ts'
import { type FlagLimits, takenFlags } from './takenFlags.ts'
import { type Selection, select } from './wire/selection.ts'
import type { Wire } from './wire/wire.ts'

/** A wire for writing to one folder. */
export interface Target {
  readonly wire: Wire
  /** Of the folder, on this wire or another; what it tells of flags is known when it answered. */
  readonly selection: Selection
  /** Those of some flags that the folder takes, as far as is known by now. */
  taken(flags: readonly string[]): readonly string[]
  /** The server took a message only without its keywords. */
  refusesKeywords(): void
}

/** Sends the writes to one folder down one wire while any is under way, so that they arrive in order; other folders' go elsewhere. */
export interface WriteTargets {
  use<Result>(folder: Folder, work: (target: Target) => Promise<Result>): Promise<Result>
}

export function createWriteTargets({ pool }: SessionContext): WriteTargets {
  const inUse = new Map<string, { readonly wire: Promise<Wire>; users: number }>()
  const selections = new Map<string, Selection>()
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
  /**
   * A folder is opened before the first write to it: that tells which flags it keeps, and an open folder is quicker to append to.
   * Opening it again after the wire was used for another one costs the server more than it saves.
   */
  const selected = (wire: Wire, folder: Folder): Selection => {
    const known = selections.get(folder.id)
    if (known && known.state !== 'refused' && known.folder.validity === folder.validity) return known
    const selection = select(wire, folder, { writable: true })
    selections.set(folder.id, selection)
    selection.opened.catch(() => selections.delete(folder.id))
    return selection
  }
  return {
    async use(folder, work) {
      try {
        const wire = await wireFor(folder)
        const selection = selected(wire, folder)
        return await work({
          wire,
          selection,
          taken: remembering(() => ({ permanentFlags: selection.permanentFlags, noKeywords: withoutKeywords.has(folder.id) })),
          refusesKeywords: () => withoutKeywords.add(folder.id),
        })
      } finally {
        done(folder)
      }
    },
  }
}

/** The messages of a batch have few different sets of flags among them. */
function remembering(limits: () => FlagLimits): Target['taken'] {
  let known = new Map<readonly string[], readonly string[]>()
  let knownFor: FlagLimits = {}
  return flags => {
    const now = limits()
    if (now.permanentFlags !== knownFor.permanentFlags || now.noKeywords !== knownFor.noKeywords) known = new Map()
    knownFor = now
    const taken = known.get(flags) ?? takenFlags(flags, now)
    known.set(flags, taken)
    return taken
  }
}
