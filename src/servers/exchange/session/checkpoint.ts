import type { Checkpoint } from '../../mailServer.ts'

/** Where the reading of a folder stood. */
export interface Stand {
  /** The folder's id: a state is of no use for another. */
  readonly folder: string
  /** Exchange's own, opaque. */
  readonly syncState: string
}

export const writeCheckpoint = ({ folder, syncState }: Stand): Checkpoint => JSON.stringify({ folder, syncState })

/** Undefined for what this code did not write. */
export function readCheckpoint(text: Checkpoint): Stand | undefined {
  let value: unknown
  try {
    value = JSON.parse(text)
  } catch {
    return undefined
  }
  if (typeof value !== 'object' || value === null || !('folder' in value) || !('syncState' in value)) return undefined
  const { folder, syncState } = value
  return typeof folder === 'string' && typeof syncState === 'string' ? { folder, syncState } : undefined
}
