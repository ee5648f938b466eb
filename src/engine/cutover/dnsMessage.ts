/** As much of DNS (RFC 1035, 4) as asking a name server for the lifetime of MX records takes, which Node's own resolver doesn't tell. */

const typeMx = 15
const classIn = 1

/** A question for a domain's MX records, to one of its own name servers: no recursion is asked for. */
export const mxQuestion = (id: number, domain: string): Buffer => {
  const labels = domain.split('.').map(label => Buffer.concat([Buffer.from([Buffer.byteLength(label)]), Buffer.from(label)]))
  const head = Buffer.alloc(12)
  head.writeUInt16BE(id, 0)
  head.writeUInt16BE(1, 4)
  return Buffer.concat([head, ...labels, Buffer.from([0, 0, typeMx, 0, classIn])])
}

/**
 * The shortest lifetime, in seconds, of the MX records in an answer. Nothing where it is no answer to this question: another id, an error, not the domain's own server
 * (whose caches count down), no such records, or not DNS.
 */
export const mxTtl = (id: number, answer: Buffer): number | undefined => {
  try {
    const flags = answer.readUInt16BE(2)
    const isAnswer = (flags & 0x8000) !== 0
    const isAuthoritative = (flags & 0x0400) !== 0
    if (answer.readUInt16BE(0) !== id || !isAnswer || !isAuthoritative || (flags & 0x000f) !== 0) return undefined
    const ttls = records(answer).flatMap(({ type, ttl }) => (type === typeMx ? [ttl] : []))
    return ttls.length === 0 ? undefined : Math.min(...ttls)
  } catch (error) {
    // Reading beyond the end: it isn't a whole answer.
    if (error instanceof RangeError) return undefined
    throw error
  }
}

function records(answer: Buffer): { readonly type: number; readonly ttl: number }[] {
  let at = 12
  for (let left = answer.readUInt16BE(4); left > 0; left -= 1) at = afterName(answer, at) + 4
  const found = []
  for (let left = answer.readUInt16BE(6); left > 0; left -= 1) {
    at = afterName(answer, at)
    found.push({ type: answer.readUInt16BE(at), ttl: answer.readUInt32BE(at + 4) })
    at += 10 + answer.readUInt16BE(at + 8)
  }
  return found
}

/** Names end with an empty label, or with a pointer to where the rest stands (4.1.4). */
function afterName(answer: Buffer, from: number): number {
  for (let at = from; ; ) {
    const length = answer.readUInt8(at)
    if (length >= 0xc0) return at + 2
    at += length + 1
    if (length === 0) return at
  }
}
