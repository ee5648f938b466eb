import { createHmac } from 'node:crypto'
import { deflateRawSync, inflateRawSync } from 'node:zlib'
import type { Tenant } from '../tenant.ts'

const sealLength = 16

/** An opaque token that clients can neither read nor make: what `@odata.nextLink` and `@odata.deltaLink` carry. */
export function sealToken({ organisation }: Tenant, value: object): string {
  const body = deflateRawSync(Buffer.from(JSON.stringify(value)), { level: 1 })
  return Buffer.concat([sealOf(organisation.secret, body), body]).toString('base64url')
}

/** What a token holds; undefined for one that this tenant didn't give out. */
export function openToken<Value extends object>({ organisation }: Tenant, token: string): Value | undefined {
  const bytes = Buffer.from(token, 'base64url')
  const body = bytes.subarray(sealLength)
  // A letter too much would be read over, though the token isn't the one that was given.
  if (bytes.toString('base64url') !== token) return undefined
  if (bytes.length <= sealLength || !bytes.subarray(0, sealLength).equals(sealOf(organisation.secret, body))) return undefined
  // The seal vouches for its shape: only this server writes such tokens, each kind for its own URL.
  return JSON.parse(inflateRawSync(body).toString()) as Value
}

const sealOf = (secret: Buffer, body: Buffer): Buffer =>
  createHmac('sha256', secret).update('graph').update(body).digest().subarray(0, sealLength)
