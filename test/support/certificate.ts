import { execFile } from 'node:child_process'
import { createHash, X509Certificate } from 'node:crypto'
import { readFile, writeFile } from 'node:fs/promises'
import { isIP } from 'node:net'
import { join } from 'node:path'
import { promisify } from 'node:util'

const run = promisify(execFile)

export interface TestCertificate {
  /** The server's certificate and its key, PEM. */
  readonly certFile: string
  readonly keyFile: string
  /** The authority that signed it, PEM. */
  readonly caFile: string
  /** SHA-256 of the server's certificate (DER), lower-case hexadecimal. */
  readonly fingerprint: string
}

/** Makes a private authority and a server certificate in `dir`, with `openssl`, as Node can't issue any. */
export async function makeCertificate(dir: string, names: readonly string[], expired = false): Promise<TestCertificate> {
  const file = (name: string) => join(dir, name)
  const [caKey, caFile, keyFile, request, certFile, extensions] = [
    'ca.key',
    'ca.pem',
    'server.key',
    'server.csr',
    'server.pem',
    'server.ext',
  ].map(file) as Files
  const newKey = ['-newkey', 'ec', '-pkeyopt', 'ec_paramgen_curve:prime256v1', '-nodes']
  await writeFile(extensions, `subjectAltName=${names.map(name => `${isIP(name) ? 'IP' : 'DNS'}:${name}`).join(',')}\n`)
  await run('openssl', ['req', '-x509', ...newKey, '-keyout', caKey, '-out', caFile, '-days', '2', '-subj', '/CN=Test authority'])
  await run('openssl', ['req', ...newKey, '-keyout', keyFile, '-out', request, '-subj', `/CN=${names[0] ?? 'localhost'}`])
  await run('openssl', [
    'x509',
    '-req',
    '-in',
    request,
    '-CA',
    caFile,
    '-CAkey',
    caKey,
    '-CAcreateserial',
    '-extfile',
    extensions,
    '-days',
    expired ? '-1' : '2',
    '-out',
    certFile,
  ])
  const { raw } = new X509Certificate(await readFile(certFile))
  return { certFile, keyFile, caFile, fingerprint: createHash('sha256').update(raw).digest('hex') }
}

type Files = [string, string, string, string, string, string]
