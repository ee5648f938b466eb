import type { Checkpoint } from '../../mailServer.ts'

/** Where the reading of a folder stood. */
export interface Stand {
  /** The folder's id: a link is of no use for another. */
  readonly folder: string
  /** Graph's own, opaque. */
  readonly deltaLink: string
}

export const writeCheckpoint = ({ folder, deltaLink }: Stand): Checkpoint => JSON.stringify({ folder, deltaLink })

/** Undefined for what this code did not write. */
export function readCheckpoint(text: Checkpoint): Stand | undefined {
  let value: unknown
  try {
    value = JSON.parse(text)
  } catch {
    return undefined
  }
  if (typeof value !== 'object' || value === null || !('folder' in value) || !('deltaLink' in value)) return undefined
  const { folder, deltaLink } = value
  return typeof folder === 'string' && typeof deltaLink === 'string' ? { folder, deltaLink } : undefined
}
