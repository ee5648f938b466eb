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

const block = (label: string) => new RegExp(`-----BEGIN ${label}-----[^-]+-----END ${label}-----`, 'g')

/** Reads a PEM file with a private key and its certificate, in any order and among others. Throws `secret.source`, without anything of the file's content. */
export function readCertificate(pem: string, connection: string): ApplicationCertificate {
  const unusable = (cause: string) => new MailferryError('secret.source', { reference: `the certificate of ${connection}`, cause })
  if (!pem.includes('-----BEGIN ')) throw unusable(whatElse(pem))
  const certificates = pem.match(block('CERTIFICATE')) ?? []
  const [key] = pem.match(block('(?:RSA |EC )?PRIVATE KEY')) ?? []
  if (certificates.length === 0) throw unusable(noCertificate)
  if (key === undefined && /ENCRYPTED/.test(pem))
    throw unusable('its private key has a password; write it without one: openssl pkey -in FILE -out KEY, and the certificate behind it')
  if (key === undefined) throw unusable('there is no unencrypted private key in it (-----BEGIN PRIVATE KEY-----)')
  const privateKey: KeyObject = parsed(
    () => createPrivateKey(key),
    () => unusable('its private key is damaged'),
  )
  if (privateKey.asymmetricKeyType !== 'rsa') throw unusable('Entra ID takes RSA keys only')
  const all = certificates.map(text => ({
    text,
    x509: parsed(
      () => new X509Certificate(text),
      () => unusable('its certificate is damaged'),
    ),
  }))
  // With those of the authorities that vouch for it, in either order.
  const own = all.find(({ x509 }) => x509.checkPrivateKey(privateKey))
  if (own === undefined) throw unusable('the private key is not the certificate’s')
  return {
    privateKey: privateKey.export({ type: 'pkcs8', format: 'pem' }).toString(),
    certificate: own.text,
    thumbprint: createHash('sha256').update(own.x509.raw).digest('hex').toUpperCase(),
    validTo: own.x509.validToDate,
  }
}

const noCertificate = 'there is no certificate in it (-----BEGIN CERTIFICATE-----)'

/** DER begins with a SEQUENCE, whose length is no text. */
const whatElse = (text: string): string =>
  /^0[^ -~\s]/.test(text)
    ? 'it is no PEM file, but PKCS#12 or DER; make one of it: openssl pkcs12 -in FILE.pfx -nodes -out FILE.pem'
    : noCertificate

function parsed<Result>(parse: () => Result, otherwise: () => MailferryError): Result {
  try {
    return parse()
  } catch {
    throw otherwise()
  }
}
