import { randomUUID, X509Certificate } from 'node:crypto'
import { makeApplicationCertificate } from '../../../src/servers/office365/registration/makeCertificate.ts'
import type { Contoso } from '../../sandbox/office365/support.ts'

/** Gives the tenant's application a certificate to sign in by. Answers its key and certificate (PEM). */
export async function certify({ app }: Pick<Contoso, 'app'>, days = 20): Promise<string> {
  const { pem, certificate, validTo } = await makeApplicationCertificate('Mailferry', { days })
  const { raw } = new X509Certificate(certificate)
  const dates = { startDateTime: new Date(0).toISOString(), endDateTime: validTo }
  app.application.keyCredentials.push({ keyId: randomUUID(), displayName: undefined, certificate: raw, ...dates })
  return pem
}
