type Hash = 'sha256' | 'sha384' | 'sha512'

/**
 * The hash that RFC 5929 4.1 wants for a certificate (DER): its signature's, SHA-256 in place of MD5 and SHA-1. Nothing where the signature
 * uses none or is unknown (Ed25519).
 */
export function signatureHash(certificate: Buffer): Hash | undefined {
  // Certificate ::= SEQUENCE { tbsCertificate, signatureAlgorithm SEQUENCE { OBJECT IDENTIFIER, parameters }, signature }
  const outer = contentAt(certificate, 0)
  const algorithm = outer && contentAt(certificate, contentAt(certificate, outer.start)?.end)
  const oid = algorithm && contentAt(certificate, algorithm.start)
  if (algorithm === undefined || oid === undefined) return undefined
  const name = certificate.toString('hex', oid.start, oid.end)
  // RSASSA-PSS names its hash in the parameters (RFC 4055 3.1): the first object identifier there, SHA-1 where it is left out.
  return name === pss ? hashInside(certificate.subarray(oid.end, algorithm.end)) : bySignature[name]
}

const pss = '2a864886f70d01010a'

const rsa = '2a864886f70d0101'
const ecdsa = '2a8648ce3d04'

const bySignature: Readonly<Record<string, Hash>> = {
  [`${rsa}04`]: 'sha256',
  [`${rsa}05`]: 'sha256',
  [`${rsa}0b`]: 'sha256',
  [`${rsa}0c`]: 'sha384',
  [`${rsa}0d`]: 'sha512',
  [`${ecdsa}01`]: 'sha256',
  [`${ecdsa}0302`]: 'sha256',
  [`${ecdsa}0303`]: 'sha384',
  [`${ecdsa}0304`]: 'sha512',
}

function hashInside(parameters: Buffer): Hash {
  if (parameters.includes(Buffer.from('608648016503040202', 'hex'))) return 'sha384'
  return parameters.includes(Buffer.from('608648016503040203', 'hex')) ? 'sha512' : 'sha256'
}

/** Where the content of the DER element at an offset lies (X.690 8.1.3). */
function contentAt(der: Buffer, at: number | undefined): { readonly start: number; readonly end: number } | undefined {
  const first = at === undefined ? undefined : der[at + 1]
  if (at === undefined || first === undefined) return undefined
  const octets = first < 0x80 ? 0 : first & 0x7f
  const start = at + 2 + octets
  if (octets > 4 || start > der.length) return undefined
  const length = octets === 0 ? first : der.readUIntBE(at + 2, octets)
  return start + length > der.length ? undefined : { start, end: start + length }
}
