import { createHash, createHmac, timingSafeEqual } from 'node:crypto'
import { md4 } from './md4.ts'
import { type Authenticate, avIds, flags, readAvPairs, utf16 } from './messages.ts'
import { rc4 } from './rc4.ts'

export interface Exchange {
  readonly negotiate: Buffer
  readonly challengeMessage: Buffer
  readonly challenge: Buffer
  readonly authenticate: Authenticate
}

/** Whether sign-ins must be bound to the TLS connection, as *Extended Protection* of an IIS directory has it. */
export type ExtendedProtection = 'off' | 'allow' | 'require'

export interface Binding {
  readonly protection: ExtendedProtection
  /** `tls-server-end-point` of the connection that the server itself sees. */
  readonly endPoint: Buffer
}

export type NtlmVerdict = 'accepted' | 'wrongPassword' | 'ntlmV1' | 'badBinding' | 'badMic'

/** Checks the client's answer for real (MS-NLMP 3.3.2 and 3.2.5.1.2). */
export function verifyNtlm(exchange: Exchange, password: string, binding: Binding): NtlmVerdict {
  const { ntResponse, user, domain } = exchange.authenticate
  // A response of version 1 has 24 bytes; one of version 2 a proof of 16 and a structure of at least 28.
  if (ntResponse.length < 44) return 'ntlmV1'
  const [proof, temp] = [ntResponse.subarray(0, 16), ntResponse.subarray(16)]
  const responseKey = hmacMd5(md4(utf16(password)), utf16(user.toUpperCase() + domain))
  if (!timingSafeEqual(proof, hmacMd5(responseKey, Buffer.concat([exchange.challenge, temp])))) return 'wrongPassword'
  // The structure's pairs start after version, reserved, time, client challenge and reserved (MS-NLMP 2.2.2.7).
  const pairs = readAvPairs(temp.subarray(28))
  if (!micHolds(exchange, pairs, hmacMd5(responseKey, proof))) return 'badMic'
  return bindingHolds(pairs.get(avIds.channelBindings), binding) ? 'accepted' : 'badBinding'
}

/** A client that says so in its flags has signed the three messages with the session's key. */
function micHolds({ negotiate, challengeMessage, authenticate }: Exchange, pairs: Map<number, Buffer>, sessionBaseKey: Buffer): boolean {
  const says = pairs.get(avIds.flags)
  if (says === undefined || says.length < 4 || (says.readUInt32LE() & 2) === 0) return true
  const exchanged = (authenticate.flags & flags.keyExchange) !== 0
  const key = exchanged ? rc4(sessionBaseKey, authenticate.encryptedSessionKey) : sessionBaseKey
  return timingSafeEqual(authenticate.mic, hmacMd5(key, Buffer.concat([negotiate, challengeMessage, authenticate.withoutMic])))
}

/** With *allow* a client may leave the binding out, but not have a wrong one. */
function bindingHolds(given: Buffer | undefined, { protection, endPoint }: Binding): boolean {
  if (protection === 'off') return true
  if (given === undefined || given.every(byte => byte === 0)) return protection === 'allow'
  return given.equals(channelBinding(endPoint))
}

/** MD5 of the `gss_channel_bindings_struct` of RFC 2744, 3.11, with no addresses; the data's form is that of RFC 5929, 4. */
export function channelBinding(endPoint: Buffer): Buffer {
  const data = Buffer.concat([Buffer.from('tls-server-end-point:'), endPoint])
  const head = Buffer.alloc(20)
  head.writeUInt32LE(data.length, 16)
  return createHash('md5').update(head).update(data).digest()
}

const hmacMd5 = (key: Buffer, data: Buffer): Buffer => createHmac('md5', key).update(data).digest()
