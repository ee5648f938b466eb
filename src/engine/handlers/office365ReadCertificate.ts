import type { Handler } from '../../rpc/protocol.ts'
import { readCertificate } from '../../servers/office365/entra/certificate.ts'
import type { EngineContext } from '../context.ts'

/** What a PEM file with a private key and its certificate says, before anything is made of it. Throws `secret.source`. */
export const office365ReadCertificate: Handler<'office365.readCertificate', EngineContext> = async (_context, { connection, text }) => {
  const { certificate, validTo } = readCertificate(text, connection)
  return { certificate, validTo: validTo.toISOString() }
}
