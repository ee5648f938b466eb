import './reflectMetadata.ts'
import { createHash, type webcrypto } from 'node:crypto'
import { isIP } from 'node:net'
import {
  BasicConstraintsExtension,
  ExtendedKeyUsage,
  ExtendedKeyUsageExtension,
  KeyUsageFlags,
  KeyUsagesExtension,
  SubjectAlternativeNameExtension,
  SubjectKeyIdentifierExtension,
  X509CertificateGenerator,
} from '@peculiar/x509'

export interface CertificateRequest {
  /** Host names and addresses it is for; the first is also its common name. */
  readonly names: readonly string[]
  /** Default: `ecdsa`, on P-256. */
  readonly algorithm?: 'ecdsa' | 'rsa'
  /** Of its signature; decides what a channel binding is made with (RFC 5929, 4.1). Default: SHA-256. */
  readonly hash?: 'SHA-1' | 'SHA-256' | 'SHA-384'
  /** Default: valid now. */
  readonly validity?: 'now' | 'expired' | 'notYet'
}

export interface ServerCertificate {
  /** PEM, the server's alone. */
  readonly cert: string
  /** PEM, PKCS #8. */
  readonly key: string
  /** SHA-256 of the DER, lower-case hexadecimal. */
  readonly fingerprint: string
  /** What a client that is bound to this certificate has to name: the hash of RFC 5929, 4.1. */
  readonly endPoint: Buffer
}

/** A private authority. Nothing trusts it but who is given its certificate. */
export interface Authority {
  /** PEM. */
  readonly caCert: string
  issue(request: CertificateRequest): Promise<ServerCertificate>
}

const keyAlgorithms = {
  ecdsa: { name: 'ECDSA', namedCurve: 'P-256' },
  rsa: { name: 'RSASSA-PKCS1-v1_5', modulusLength: 2048, publicExponent: new Uint8Array([1, 0, 1]), hash: 'SHA-256' },
}

const day = 24 * 3600 * 1000

/** From and to, in days from now. */
const validities = { now: [-1, 90], expired: [-90, -1], notYet: [30, 90] } as const

export async function createAuthority(name = 'Mailferry sandbox authority'): Promise<Authority> {
  const keys = await newKeys('ecdsa')
  const certificate = await X509CertificateGenerator.createSelfSigned({
    name: `CN=${name}`,
    keys,
    signingAlgorithm: { name: 'ECDSA', hash: 'SHA-256' },
    ...between([-2, 365]),
    extensions: [
      new BasicConstraintsExtension(true, 0, true),
      new KeyUsagesExtension(KeyUsageFlags.keyCertSign | KeyUsageFlags.cRLSign, true),
      await SubjectKeyIdentifierExtension.create(keys.publicKey),
    ],
  })

  return {
    caCert: certificate.toString('pem'),
    async issue({ names, algorithm = 'ecdsa', hash = 'SHA-256', validity = 'now' }) {
      const own = await newKeys(algorithm)
      const issued = await X509CertificateGenerator.create({
        subject: `CN=${names[0] ?? 'localhost'}`,
        issuer: certificate.subject,
        publicKey: own.publicKey,
        signingKey: keys.privateKey,
        signingAlgorithm: { name: 'ECDSA', hash },
        ...between(validities[validity]),
        extensions: [
          new BasicConstraintsExtension(false),
          new ExtendedKeyUsageExtension([ExtendedKeyUsage.serverAuth]),
          new SubjectAlternativeNameExtension(names.map(value => ({ type: isIP(value) ? 'ip' : 'dns', value }))),
        ],
      })
      const der = Buffer.from(issued.rawData)
      return {
        cert: issued.toString('pem'),
        key: await privatePem(own.privateKey),
        fingerprint: createHash('sha256').update(der).digest('hex'),
        // MD5 and SHA-1 are replaced by SHA-256.
        endPoint: createHash(hash === 'SHA-384' ? 'sha384' : 'sha256')
          .update(der)
          .digest(),
      }
    },
  }
}

const newKeys = (algorithm: keyof typeof keyAlgorithms): Promise<webcrypto.CryptoKeyPair> =>
  crypto.subtle.generateKey(keyAlgorithms[algorithm], true, ['sign', 'verify'])

const between = ([from, to]: readonly [number, number]) => ({
  notBefore: new Date(Date.now() + from * day),
  notAfter: new Date(Date.now() + to * day),
})

async function privatePem(key: webcrypto.CryptoKey): Promise<string> {
  const base64 = Buffer.from(await crypto.subtle.exportKey('pkcs8', key)).toString('base64')
  return `-----BEGIN PRIVATE KEY-----\n${base64.replace(/.{1,64}/g, '$&\n')}-----END PRIVATE KEY-----\n`
}
