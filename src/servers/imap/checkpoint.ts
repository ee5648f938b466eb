import type { Checkpoint } from '../mailServer.ts'

/** Where the reading of a folder stood, as UIDVALIDITY, UIDNEXT and HIGHESTMODSEQ tell it (RFC 3501 2.3.1.1, RFC 7162). */
export interface Stand {
  readonly validity: string
  /** Messages below this UID were listed. */
  readonly next: number
  /** As text: it has 63 bits. Absent where the folder keeps none. */
  readonly modseq?: string
  readonly messages: number
}

const version = 1

export const writeCheckpoint = ({ validity, next, modseq, messages }: Stand): Checkpoint =>
  JSON.stringify({ v: version, uidvalidity: validity, uidnext: next, ...(modseq !== undefined && { modseq }), messages })

/** Undefined for what an other version wrote, or another server's code: then the folder is listed anew. */
export function readCheckpoint(text: Checkpoint): Stand | undefined {
  let stored: unknown
  try {
    stored = JSON.parse(text)
  } catch {
    return undefined
  }
  if (typeof stored !== 'object' || stored === null || !('v' in stored) || stored.v !== version) return undefined
  const { uidvalidity, uidnext, modseq, messages } = stored as Record<string, unknown>
  if (typeof uidvalidity !== 'string' || typeof uidnext !== 'number' || typeof messages !== 'number') return undefined
  return { validity: uidvalidity, next: uidnext, messages, ...(typeof modseq === 'string' && { modseq }) }
}
