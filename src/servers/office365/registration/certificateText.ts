/** The certificate of a PEM text; whatever else is in it, a private key perhaps, stays out. */
export function base64Of(pem: string): string {
  const [, content = ''] = /-----BEGIN CERTIFICATE-----([^-]+)-----END CERTIFICATE-----/.exec(pem) ?? []
  return content.replaceAll(/\s/g, '')
}
