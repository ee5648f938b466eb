import type { Checkpoint } from './mailServer.ts'

/** Where the reading of a folder stood. */
export interface Stand {
  /** The folder's id: a state is of no use for another. */
  readonly folder: string
  /** The server's own, opaque. */
  readonly state: string
}

/** Checkpoints that hold a server's opaque state under a name of their own, so that none is taken for another server's. */
export const standsAs = (name: string) => ({
  write: ({ folder, state }: Stand): Checkpoint => JSON.stringify({ folder, [name]: state }),

  /** Undefined for what `write` did not write. */
  read(text: Checkpoint): Stand | undefined {
    let value: unknown
    try {
      value = JSON.parse(text)
    } catch {
      return undefined
    }
    if (typeof value !== 'object' || value === null) return undefined
    const { folder, [name]: state }: { folder?: unknown; [name: string]: unknown } = { ...value }
    return typeof folder === 'string' && typeof state === 'string' ? { folder, state } : undefined
  },
})
