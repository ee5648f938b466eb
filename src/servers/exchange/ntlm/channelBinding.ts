import { createHash, type X509Certificate } from 'node:crypto'
import { signatureHash } from './signatureHash.ts'

/**
 * MsvAvChannelBindings (MS-NLMP 2.2.2.1): MD5 of a gss_channel_bindings_struct (RFC 2744 3.11) without addresses, whose application data is
 * `tls-server-end-point` (RFC 5929 4) of the server's certificate. Nothing for a signature that names no hash.
 */
export function channelBindings(certificate: Pick<X509Certificate, 'raw'>): Buffer | undefined {
  const hash = signatureHash(certificate.raw)
  return hash && bindingsOf(createHash(hash).update(certificate.raw).digest())
}

export function bindingsOf(certificateHash: Buffer): Buffer {
  const data = Buffer.concat([Buffer.from('tls-server-end-point:'), certificateHash])
  const head = Buffer.alloc(20)
  head.writeUInt32LE(data.length, 16)
  return createHash('md5').update(head).update(data).digest()
}
