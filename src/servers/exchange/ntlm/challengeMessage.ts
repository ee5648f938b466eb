import { type AvPair, parseAvPairs } from './avPairs.ts'
import { signature } from './flags.ts'

/** CHALLENGE_MESSAGE (MS-NLMP 2.2.1.2). */
export interface Challenge {
  readonly flags: number
  /** Eight bytes. */
  readonly serverChallenge: Buffer
  /** The server's domain or name. */
  readonly target: string
  readonly targetInfo: readonly AvPair[]
  /** All of it, which the MIC covers. */
  readonly raw: Buffer
}

/** Nothing where it isn't one. */
export function parseChallenge(raw: Buffer): Challenge | undefined {
  if (raw.length < 48 || !raw.subarray(0, 8).equals(signature) || raw.readUInt32LE(8) !== 2) return undefined
  const target = field(raw, 12)
  const info = field(raw, 40)
  const targetInfo = info && parseAvPairs(info)
  if (target === undefined || targetInfo === undefined) return undefined
  return { flags: raw.readUInt32LE(20), serverChallenge: raw.subarray(24, 32), target: target.toString('utf16le'), targetInfo, raw }
}

function field(raw: Buffer, at: number): Buffer | undefined {
  const [length, offset] = [raw.readUInt16LE(at), raw.readUInt32LE(at + 4)]
  if (length === 0) return Buffer.alloc(0)
  return offset + length > raw.length ? undefined : raw.subarray(offset, offset + length)
}
