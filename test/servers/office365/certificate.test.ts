import assert from 'node:assert/strict'
import { execFileSync } from 'node:child_process'
import { createPrivateKey, X509Certificate } from 'node:crypto'
import { readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { isError } from '../../../src/domain/errors.ts'
import { readCertificate } from '../../../src/servers/office365/entra/certificate.ts'
import { makeApplicationCertificate } from '../../../src/servers/office365/registration/makeCertificate.ts'
import { tempDir } from '../../support/tempDir.ts'

const { pem, certificate } = await makeApplicationCertificate('Mailferry', { days: 20 })
const other = await makeApplicationCertificate('Other', { days: 20 })
const key = pem.slice(0, pem.indexOf('-----BEGIN CERTIFICATE'))

/** What the file is refused with; nothing of its content is in it. */
function causeOf(text: string): string {
  try {
    readCertificate(text, 'Cloud')
  } catch (error) {
    assert.ok(isError(error, 'secret.source'), String(error))
    const line = text.split(/\r?\n/)[2] ?? ''
    assert.ok(line.length < 20 || !JSON.stringify(error.params).includes(line))
    return error.params.cause
  }
  throw new Error('it was taken')
}

describe('a file with an application’s key and certificate', () => {
  const thumbprint = new X509Certificate(certificate).fingerprint256.replaceAll(':', '')

  for (const [what, text] of [
    ['with line ends of Windows', pem.replaceAll('\n', '\r\n')],
    ['with the certificate first', certificate + key],
    ['with what openssl writes around them', `Bag Attributes\n    localKeyID: 01\n${certificate}Key Attributes: <No Attributes>\n${key}`],
    ['with the authorities’ certificates before its own', other.certificate + pem],
    ['with a key of the older form (PKCS#1)', createPrivateKey(key).export({ type: 'pkcs1', format: 'pem' }) + certificate],
  ] as const)
    it(`is taken ${what}`, () => assert.equal(readCertificate(text, 'Cloud').thumbprint, thumbprint))

  it('is refused with what is wrong and how it is mended, without a word of its content', () => {
    const secret = { cipher: 'aes-256-cbc', passphrase: 'secret' }
    for (const [text, cause] of [
      ['', /no certificate/],
      [certificate, /no unencrypted private key/],
      [key, /no certificate/],
      [key + other.certificate, /not the certificate’s/],
      [certificate + key.replaceAll(/^[A-Za-z0-9+/]{64}$/gm, 'A'.repeat(64)), /private key is damaged/],
      [key + certificate.replace(/MII[^-]+/, 'AAAA\n'), /certificate is damaged/],
      [createPrivateKey(key).export({ type: 'pkcs8', format: 'pem', ...secret }) + certificate, /has a password; .*openssl pkey/],
      [createPrivateKey(key).export({ type: 'pkcs1', format: 'pem', ...secret }) + certificate, /has a password/],
    ] as const)
      assert.match(causeOf(text), cause)
  })

  it('is told from PKCS#12 and DER, as they read where a text is awaited', () => {
    using dir = tempDir()
    const [file, pfx] = [join(dir.path, 'app.pem'), join(dir.path, 'app.pfx')]
    writeFileSync(file, pem, { mode: 0o600 })
    execFileSync('openssl', ['pkcs12', '-export', '-in', file, '-out', pfx, '-passout', 'pass:secret'])
    assert.match(causeOf(readFileSync(pfx, 'utf8')), /PKCS#12.*openssl pkcs12 -in FILE\.pfx/)
    assert.match(causeOf(new X509Certificate(certificate).raw.toString('utf8')), /no PEM file/)
  })
})
