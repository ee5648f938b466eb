import { createCipheriv, createDecipheriv, randomBytes } from 'node:crypto'

/*
 * AES-256-GCM (NIST SP 800-38D). A sealed secret is: version (1 byte), nonce (12), tag (16), ciphertext.
 * What it is for is authenticated beside it, so that one connection's secret can't be put in another's place.
 */
const version = 1
const nonceBytes = 12
const tagBytes = 16

export const keyBytes = 32

export function seal(key: Buffer, purpose: string, secret: Buffer): Buffer {
  const nonce = randomBytes(nonceBytes)
  const cipher = createCipheriv('aes-256-gcm', key, nonce).setAAD(Buffer.from(purpose))
  const body = Buffer.concat([cipher.update(secret), cipher.final()])
  return Buffer.concat([Buffer.of(version), nonce, cipher.getAuthTag(), body])
}

/** Throws where the key is another, the purpose is another, or a bit was changed. */
export function unseal(key: Buffer, purpose: string, sealed: Buffer): Buffer {
  if (sealed[0] !== version) throw new Error('sealed by another version')
  const nonce = sealed.subarray(1, 1 + nonceBytes)
  const tag = sealed.subarray(1 + nonceBytes, 1 + nonceBytes + tagBytes)
  if (tag.length !== tagBytes) throw new Error('cut short')
  const decipher = createDecipheriv('aes-256-gcm', key, nonce, { authTagLength: tagBytes }).setAAD(Buffer.from(purpose)).setAuthTag(tag)
  return Buffer.concat([decipher.update(sealed.subarray(1 + nonceBytes + tagBytes)), decipher.final()])
}
