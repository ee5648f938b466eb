/** AV_PAIR (MS-NLMP 2.2.2.1). */
export interface AvPair {
  readonly id: number
  readonly value: Buffer
}

export const av = { end: 0, domainName: 2, flags: 6, timestamp: 7, targetName: 9, channelBindings: 10 } as const

/** In `av.flags`: the message carries a MIC. */
export const micProvided = 0x2

/** Nothing where they don't end as they should. */
export function parseAvPairs(bytes: Buffer): AvPair[] | undefined {
  const pairs: AvPair[] = []
  if (bytes.length === 0) return pairs
  for (let at = 0; at + 4 <= bytes.length; ) {
    const [id, length] = [bytes.readUInt16LE(at), bytes.readUInt16LE(at + 2)]
    if (id === av.end) return pairs
    const value = bytes.subarray(at + 4, at + 4 + length)
    if (value.length < length) return undefined
    pairs.push({ id, value })
    at += 4 + length
  }
  return undefined
}

export function formatAvPairs(pairs: readonly AvPair[]): Buffer {
  const parts = [...pairs, { id: av.end, value: Buffer.alloc(0) }].map(({ id, value }) => {
    const head = Buffer.alloc(4)
    head.writeUInt16LE(id, 0)
    head.writeUInt16LE(value.length, 2)
    return Buffer.concat([head, value])
  })
  return Buffer.concat(parts)
}

export const avValue = (pairs: readonly AvPair[], id: number): Buffer | undefined => pairs.find(pair => pair.id === id)?.value

export const uint32 = (value: number): Buffer => {
  const bytes = Buffer.alloc(4)
  bytes.writeUInt32LE(value)
  return bytes
}
