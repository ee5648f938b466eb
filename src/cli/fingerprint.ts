import { MailferryError } from '../domain/errors.ts'

/** A SHA-256 fingerprint as people copy it (`AB:CD:…`, any case) as the ledger keeps it. Throws `usage`. */
export function asFingerprint(text: string): string {
  const plain = text
    .replace(/^sha-?256[:=]?/i, '')
    .replaceAll(/[:\s]/g, '')
    .toLowerCase()
  if (!/^[0-9a-f]{64}$/.test(plain))
    throw new MailferryError('usage', { detail: '--trust needs a SHA-256 fingerprint, 64 hexadecimal digits' })
  return plain
}
