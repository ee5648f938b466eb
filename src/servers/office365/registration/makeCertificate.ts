import { generateKeyPair, randomBytes, sign } from 'node:crypto'
import { promisify } from 'node:util'
import { bits, boolean, der, integer, nothing, objectId, octets, sequence, set, time, utf8 } from './der.ts'

export interface MadeCertificate {
  /** Private key (PKCS #8) and certificate, as a connection's secret has them. */
  readonly pem: string
  /** The certificate alone (PEM): what the tenant is given. */
  readonly certificate: string
  /** ISO 8601, UTC. */
  readonly validTo: string
}

const day = 86_400_000

const oid = { sha256WithRsa: '2a864886f70d01010b', commonName: '550403', keyUsage: '551d0f' } as const

const generate = promisify(generateKeyPair)

/** Makes a key and a certificate signed by itself (RFC 5280), which is all that Entra ID asks of an application's: nobody else vouches for it. */
export async function makeApplicationCertificate(
  name: string,
  { days }: { readonly days: number },
  now = Date.now(),
): Promise<MadeCertificate> {
  const { publicKey, privateKey } = await generate('rsa', { modulusLength: 2048 })
  // Certificates count whole seconds. One valid from this very moment isn't yet for a server whose clock is behind.
  const until = new Date(Math.floor((now + days * day) / 1000) * 1000)
  const algorithm = sequence(objectId(oid.sha256WithRsa), nothing)
  const subject = sequence(set(sequence(objectId(oid.commonName), utf8(name))))
  const digitalSignature = bits(Buffer.from([0x80]), 7)
  const content = sequence(
    der(0xa0, integer(Buffer.from([2]))),
    integer(serialNumber()),
    algorithm,
    subject,
    sequence(time(new Date(now - day)), time(until)),
    subject,
    publicKey.export({ type: 'spki', format: 'der' }),
    der(0xa3, sequence(sequence(objectId(oid.keyUsage), boolean(true), octets(digitalSignature)))),
  )
  const certificate = pemOf('CERTIFICATE', sequence(content, algorithm, bits(sign('sha256', content, privateKey))))
  const key = privateKey.export({ type: 'pkcs8', format: 'pem' }).toString()
  return { pem: `${key}${certificate}`, certificate, validTo: until.toISOString() }
}

/** Positive, and never zero. */
function serialNumber(): Buffer {
  const bytes = randomBytes(16)
  bytes[0] = ((bytes[0] ?? 0) & 0x3f) | 0x40
  return bytes
}

const pemOf = (label: string, content: Buffer): string =>
  `-----BEGIN ${label}-----\n${content.toString('base64').replaceAll(/.{64}(?!$)/g, '$&\n')}\n-----END ${label}-----\n`
