import { createHash, createPrivateKey, type KeyObject, X509Certificate } from 'node:crypto'
import { MailferryError } from '../../../domain/errors.ts'

/** What an application signs in with instead of a secret. */
export interface ApplicationCertificate {
  /** PKCS #8, PEM. */
  readonly privateKey: string
  /** PEM, as it was given. */
  readonly certificate: string
  /** SHA-256 of the certificate (DER), hexadecimal: `x5t#S256`. */
  readonly thumbprint: string
  readonly validTo: Date
}

const block = (label: string) => new RegExp(`-----BEGIN ${label}-----[^-]+-----END ${label}-----`)

/** Reads a PEM file with a private key and its certificate, in either order. Throws `secret.source`, without anything of the file's content. */
export function readCertificate(pem: string, connection: string): ApplicationCertificate {
  const unusable = (cause: string) => new MailferryError('secret.source', { reference: `the certificate of ${connection}`, cause })
  const certificate = block('CERTIFICATE').exec(pem)?.[0]
  const key = block('(?:RSA |EC )?PRIVATE KEY').exec(pem)?.[0]
  if (certificate === undefined) throw unusable('there is no certificate in it (-----BEGIN CERTIFICATE-----)')
  if (key === undefined) throw unusable('there is no unencrypted private key in it (-----BEGIN PRIVATE KEY-----)')
  const x509 = parsed(
    () => new X509Certificate(certificate),
    () => unusable('its certificate is damaged'),
  )
  const privateKey: KeyObject = parsed(
    () => createPrivateKey(key),
    () => unusable('its private key is damaged'),
  )
  if (privateKey.asymmetricKeyType !== 'rsa') throw unusable('Entra ID takes RSA keys only')
  if (!x509.checkPrivateKey(privateKey)) throw unusable('the private key is not the certificate’s')
  return {
    privateKey: privateKey.export({ type: 'pkcs8', format: 'pem' }).toString(),
    certificate,
    thumbprint: createHash('sha256').update(x509.raw).digest('hex').toUpperCase(),
    validTo: x509.validToDate,
  }
}

function parsed<Result>(parse: () => Result, otherwise: () => MailferryError): Result {
  try {
    return parse()
  } catch {
    throw otherwise()
  }
}
