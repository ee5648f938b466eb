import { randomBytes } from 'node:crypto'
import { type AvPair, av, avValue, formatAvPairs, micProvided, uint32 } from './avPairs.ts'
import type { Challenge } from './challengeMessage.ts'
import { flag, signature, version, wanted } from './flags.ts'
import { type Account, hmacMd5, responseV2 } from './ntlmV2.ts'

export interface Authenticating {
  /** `DOMAIN\user`, UPN or plain name. */
  readonly user: string
  readonly password: string
  /** Our first message, which the MIC covers. */
  readonly negotiate: Buffer
  readonly challenge: Challenge
  /** MD5 of the GSS channel bindings. */
  readonly channelBindings: Buffer | undefined
  /** `HTTP/host`. */
  readonly servicePrincipal: string
}

const headLength = 88

/**
 * AUTHENTICATE_MESSAGE (MS-NLMP 2.2.1.3) of NTLMv2. Where the server gave its time, it carries a MIC (3.1.5.1.2), so that nobody in between
 * can take the channel bindings out again, and no LMv2 response.
 */
export function authenticateMessage(given: Authenticating): Buffer {
  const { challenge } = given
  const account = accountOf(given)
  const serverTime = avValue(challenge.targetInfo, av.timestamp)
  const nonces = { serverChallenge: challenge.serverChallenge, clientChallenge: randomBytes(8), time: serverTime ?? fileTime(Date.now()) }
  const { nt, lm, sessionBaseKey } = responseV2(account, nonces, formatAvPairs(targetInfo(given, serverTime !== undefined)))
  const message = layOut([
    serverTime === undefined ? lm : Buffer.alloc(24),
    nt,
    Buffer.from(account.domain, 'utf16le'),
    Buffer.from(account.user, 'utf16le'),
    Buffer.alloc(0),
    Buffer.alloc(0),
  ])
  if (serverTime !== undefined) hmacMd5(sessionBaseKey, given.negotiate, challenge.raw, message).copy(message, 72)
  return message
}

/** The server's pairs, and ours before the end. */
function targetInfo({ challenge, channelBindings, servicePrincipal }: Authenticating, mic: boolean): AvPair[] {
  const flags = (avValue(challenge.targetInfo, av.flags)?.readUInt32LE() ?? 0) | (mic ? micProvided : 0)
  return [
    ...challenge.targetInfo.filter(({ id }) => id !== av.flags && id !== av.channelBindings && id !== av.targetName),
    ...(flags === 0 ? [] : [{ id: av.flags, value: uint32(flags) }]),
    ...(channelBindings ? [{ id: av.channelBindings, value: channelBindings }] : []),
    { id: av.targetName, value: Buffer.from(servicePrincipal, 'utf16le') },
  ]
}

/** Six fields in the order of their descriptors; the last two, workstation and encrypted session key, are empty. */
function layOut(fields: readonly Buffer[]): Buffer {
  const head = Buffer.alloc(headLength)
  signature.copy(head)
  head.writeUInt32LE(3, 8)
  let offset = headLength
  fields.forEach(({ length }, index) => {
    const at = 12 + index * 8
    head.writeUInt16LE(length, at)
    head.writeUInt16LE(length, at + 2)
    head.writeUInt32LE(offset, at + 4)
    offset += length
  })
  head.writeUInt32LE(wanted, 60)
  version.copy(head, 64)
  return Buffer.concat([head, ...fields])
}

/** A plain name belongs to the domain that the server tells of itself. */
function accountOf({ user, password, challenge }: Authenticating): Account {
  const slash = user.indexOf('\\')
  if (slash >= 0) return { domain: user.slice(0, slash), user: user.slice(slash + 1), password }
  if (user.includes('@')) return { domain: '', user, password }
  const named = avValue(challenge.targetInfo, av.domainName)?.toString('utf16le')
  return { domain: (challenge.flags & flag.targetIsDomain) !== 0 ? challenge.target : (named ?? challenge.target), user, password }
}

/** 100-nanosecond steps since 1601. */
function fileTime(ms: number): Buffer {
  const bytes = Buffer.alloc(8)
  bytes.writeBigUInt64LE((BigInt(ms) + 11_644_473_600_000n) * 10_000n)
  return bytes
}
