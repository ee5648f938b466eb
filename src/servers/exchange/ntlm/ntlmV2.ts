import { createHmac } from 'node:crypto'
import { md4 } from './md4.ts'

/** Who signs in, as NTLM wants it: a UPN goes whole into `user`, with no domain. */
export interface Account {
  readonly user: string
  readonly domain: string
  readonly password: string
}

export interface Nonces {
  /** Eight bytes each. */
  readonly serverChallenge: Buffer
  readonly clientChallenge: Buffer
  /** FILETIME, 64 bits, little endian. */
  readonly time: Buffer
}

export interface ResponseV2 {
  readonly nt: Buffer
  readonly lm: Buffer
  readonly sessionBaseKey: Buffer
}

export const hmacMd5 = (key: Buffer, ...parts: readonly Buffer[]): Buffer => {
  const hmac = createHmac('md5', key)
  for (const part of parts) hmac.update(part)
  return hmac.digest()
}

/** NTOWFv2 (MS-NLMP 3.3.2). */
export const ntowfV2 = ({ user, domain, password }: Account): Buffer =>
  hmacMd5(md4(Buffer.from(password, 'utf16le')), Buffer.from(user.toUpperCase() + domain, 'utf16le'))

/** ComputeResponse of NTLMv2 (MS-NLMP 3.3.2); the LMv2 response too, which a caller leaves out where the server gave its time. */
export function responseV2(account: Account, { serverChallenge, clientChallenge, time }: Nonces, targetInfo: Buffer): ResponseV2 {
  const key = ntowfV2(account)
  const temp = Buffer.concat([Buffer.from([1, 1, 0, 0, 0, 0, 0, 0]), time, clientChallenge, Buffer.alloc(4), targetInfo, Buffer.alloc(4)])
  const proof = hmacMd5(key, serverChallenge, temp)
  return {
    nt: Buffer.concat([proof, temp]),
    lm: Buffer.concat([hmacMd5(key, serverChallenge, clientChallenge), clientChallenge]),
    sessionBaseKey: hmacMd5(key, proof),
  }
}
