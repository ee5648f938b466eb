/* The three messages of MS-NLMP 2.2.1, as far as a server reads and writes them. */

const signature = Buffer.from('NTLMSSP\0', 'latin1')

/** MS-NLMP 2.2.2.5. */
export const flags = {
  unicode: 0x1,
  requestTarget: 0x4,
  ntlm: 0x200,
  alwaysSign: 0x8000,
  targetTypeDomain: 0x10000,
  extendedSessionSecurity: 0x80000,
  targetInfo: 0x800000,
  version: 0x2000000,
  key128: 0x20000000,
  keyExchange: 0x40000000,
  key56: 0x80000000,
} as const

/** MS-NLMP 2.2.2.1. */
export const avIds = {
  end: 0,
  computerName: 1,
  domainName: 2,
  dnsComputerName: 3,
  dnsDomainName: 4,
  flags: 6,
  timestamp: 7,
  channelBindings: 10,
} as const

export interface Authenticate {
  readonly flags: number
  readonly lmResponse: Buffer
  readonly ntResponse: Buffer
  readonly domain: string
  readonly user: string
  readonly encryptedSessionKey: Buffer
  readonly mic: Buffer
  /** The whole message with its MIC set to zero, as the MIC is computed over it. */
  readonly withoutMic: Buffer
}

/** 1, 2 or 3; nothing where it isn't a message of NTLM. */
export const messageType = (message: Buffer): number | undefined =>
  message.length >= 16 && message.subarray(0, 8).equals(signature) ? message.readUInt32LE(8) : undefined

export interface ChallengeParts {
  readonly challenge: Buffer
  /** NetBIOS names. */
  readonly domain: string
  readonly computer: string
  readonly dnsDomain: string
  readonly dnsComputer: string
  readonly now: Date
}

/** MS-NLMP 2.2.1.2. */
export function challengeMessage({ challenge, domain, computer, dnsDomain, dnsComputer, now }: ChallengeParts): Buffer {
  const target = utf16(domain)
  const info = Buffer.concat([
    avPair(avIds.domainName, target),
    avPair(avIds.computerName, utf16(computer)),
    avPair(avIds.dnsDomainName, utf16(dnsDomain)),
    avPair(avIds.dnsComputerName, utf16(dnsComputer)),
    avPair(avIds.timestamp, fileTime(now)),
    avPair(avIds.end, Buffer.alloc(0)),
  ])
  const head = Buffer.alloc(56)
  signature.copy(head)
  head.writeUInt32LE(2, 8)
  writeField(head, 12, target.length, head.length)
  const offered =
    flags.unicode |
    flags.requestTarget |
    flags.ntlm |
    flags.alwaysSign |
    flags.targetTypeDomain |
    flags.extendedSessionSecurity |
    flags.targetInfo |
    flags.version |
    flags.key128 |
    flags.keyExchange |
    flags.key56
  head.writeUInt32LE(offered >>> 0, 20)
  challenge.copy(head, 24)
  writeField(head, 40, info.length, head.length + target.length)
  // Windows Server 2019, and NTLMSSP_REVISION_W2K3.
  Buffer.from([10, 0, 0x63, 0x45, 0, 0, 0, 15]).copy(head, 48)
  return Buffer.concat([head, target, info])
}

/** MS-NLMP 2.2.1.3; nothing where it is cut off, or not in Unicode, which was offered. */
export function readAuthenticate(message: Buffer): Authenticate | undefined {
  if (message.length < 88) return undefined
  const negotiated = message.readUInt32LE(60)
  const fields = [12, 20, 28, 36, 52].map(at => readField(message, at))
  const [lmResponse, ntResponse, domain, user, encryptedSessionKey] = fields
  if (!lmResponse || !ntResponse || !domain || !user || !encryptedSessionKey || (negotiated & flags.unicode) === 0) return undefined
  const withoutMic = Buffer.from(message)
  withoutMic.fill(0, 72, 88)
  return {
    flags: negotiated,
    lmResponse,
    ntResponse,
    domain: domain.toString('utf16le'),
    user: user.toString('utf16le'),
    encryptedSessionKey,
    mic: message.subarray(72, 88),
    withoutMic,
  }
}

/** A list of attribute-value pairs up to its end, by id. */
export function readAvPairs(list: Buffer): Map<number, Buffer> {
  const pairs = new Map<number, Buffer>()
  for (let at = 0; at + 4 <= list.length; ) {
    const id = list.readUInt16LE(at)
    const length = list.readUInt16LE(at + 2)
    if (id === avIds.end) break
    pairs.set(id, list.subarray(at + 4, at + 4 + length))
    at += 4 + length
  }
  return pairs
}

export const utf16 = (text: string): Buffer => Buffer.from(text, 'utf16le')

function avPair(id: number, value: Buffer): Buffer {
  const head = Buffer.alloc(4)
  head.writeUInt16LE(id, 0)
  head.writeUInt16LE(value.length, 2)
  return Buffer.concat([head, value])
}

/** Hundreds of nanoseconds since 1601 (MS-DTYP 2.3.3). */
function fileTime(date: Date): Buffer {
  const time = Buffer.alloc(8)
  time.writeBigUInt64LE((BigInt(date.getTime()) + 11_644_473_600_000n) * 10_000n)
  return time
}

function writeField(message: Buffer, at: number, length: number, offset: number): void {
  message.writeUInt16LE(length, at)
  message.writeUInt16LE(length, at + 2)
  message.writeUInt32LE(offset, at + 4)
}

function readField(message: Buffer, at: number): Buffer | undefined {
  const length = message.readUInt16LE(at)
  const offset = message.readUInt32LE(at + 4)
  return offset + length <= message.length ? message.subarray(offset, offset + length) : undefined
}
