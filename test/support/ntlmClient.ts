import { createHmac, randomBytes } from 'node:crypto'
import { md4 } from '../../src/sandbox/signIn/ntlm/md4.ts'
import { channelBinding } from '../../src/sandbox/signIn/ntlm/verify.ts'

/** What a client may do right or wrong in its last message. */
export interface NtlmAnswer {
  readonly user: string
  readonly domain?: string
  readonly password: string
  /** Binds to the server certificate whose `tls-server-end-point` this is. */
  readonly endPoint?: Buffer
  /** `signed`: says that there is a MIC, and there is; `broken`: says so, and it is wrong. Default: none. */
  readonly mic?: 'signed' | 'broken'
  /** Answers with the 24 bytes of NTLMv1. */
  readonly version1?: boolean
}

const asked = 0xa2888205
const signature = Buffer.from('NTLMSSP\0', 'latin1')
const hmac = (key: Buffer, ...data: Buffer[]): Buffer => createHmac('md5', key).update(Buffer.concat(data)).digest()
const utf16 = (text: string): Buffer => Buffer.from(text, 'utf16le')

/** Message 1 (MS-NLMP 2.2.1.1). */
export function ntlmNegotiate(): Buffer {
  const message = Buffer.alloc(40)
  signature.copy(message)
  message.writeUInt32LE(1, 8)
  message.writeUInt32LE(asked, 12)
  return message
}

/** Message 3 for the server's message 2, computed as MS-NLMP 3.3.2 says, without key exchange. */
export function ntlmAuthenticate(negotiate: Buffer, challenge: Buffer, answer: NtlmAnswer): Buffer {
  const { user, domain = '', password } = answer
  const info = targetInfo(challenge)
  const pairs = Buffer.concat([
    info.subarray(0, info.length - 4),
    ...(answer.mic ? [Buffer.from([6, 0, 4, 0, 2, 0, 0, 0])] : []),
    ...(answer.endPoint ? [Buffer.from([10, 0, 16, 0]), channelBinding(answer.endPoint)] : []),
    Buffer.alloc(4),
  ])
  const temp = Buffer.concat([Buffer.from([1, 1, 0, 0, 0, 0, 0, 0]), timeIn(info), randomBytes(8), Buffer.alloc(4), pairs, Buffer.alloc(4)])
  const responseKey = hmac(md4(utf16(password)), utf16(user.toUpperCase() + domain))
  const proof = hmac(responseKey, challenge.subarray(24, 32), temp)
  const ntResponse = answer.version1 ? randomBytes(24) : Buffer.concat([proof, temp])
  const message = layOut([Buffer.alloc(24), ntResponse, utf16(domain), utf16(user), Buffer.alloc(0), Buffer.alloc(0)])
  if (answer.mic) hmac(hmac(responseKey, proof), negotiate, challenge, message).copy(message, 72)
  if (answer.mic === 'broken') message.writeUInt8(message.readUInt8(72) ^ 1, 72)
  return message
}

function layOut(fields: readonly Buffer[]): Buffer {
  const head = Buffer.alloc(88)
  signature.copy(head)
  head.writeUInt32LE(3, 8)
  let offset = head.length
  for (const [index, field] of fields.entries()) {
    const at = 12 + index * 8
    head.writeUInt16LE(field.length, at)
    head.writeUInt16LE(field.length, at + 2)
    head.writeUInt32LE(offset, at + 4)
    offset += field.length
  }
  head.writeUInt32LE(asked, 60)
  return Buffer.concat([head, ...fields])
}

function targetInfo(challenge: Buffer): Buffer {
  const offset = challenge.readUInt32LE(44)
  return challenge.subarray(offset, offset + challenge.readUInt16LE(40))
}

/** The server's own time, which a client repeats. */
function timeIn(info: Buffer): Buffer {
  for (let at = 0; at + 4 <= info.length; at += 4 + info.readUInt16LE(at + 2))
    if (info.readUInt16LE(at) === 7) return info.subarray(at + 4, at + 12)
  return Buffer.alloc(8)
}
