import { randomUUID } from 'node:crypto'
import { once } from 'node:events'
import { readFileSync } from 'node:fs'
import { mkdir } from 'node:fs/promises'
import { createServer as createPlain, type IncomingMessage, type ServerResponse } from 'node:http'
import { createServer as createSecure } from 'node:https'
import type { AddressInfo } from 'node:net'
import { join } from 'node:path'
import type { Credentials } from '../../../src/servers/exchange/signIn/credentials.ts'
import { signInWith } from '../../../src/servers/exchange/signIn/signIn.ts'
import { type EwsTransport, ewsTransport, type PostOptions } from '../../../src/servers/exchange/transport/ewsTransport.ts'
import type { Network } from '../../../src/servers/http/connectSocket.ts'
import { type SrvRecord, systemResolver } from '../../../src/servers/http/resolver.ts'
import { createSignInGuard, type SignInGuard } from '../../../src/servers/signInGuard.ts'
import { trustOf } from '../../../src/servers/tls/trust.ts'
import { makeCertificate, type TestCertificate } from '../../support/certificate.ts'
import { tempDir } from '../../support/tempDir.ts'
import { never } from '../imap/support.ts'

/** No secret that appears in the tests may appear in an error. */
export const canary = 'Kanari3nvogel!'
export const ann = (method: 'basic' | 'ntlm' = 'basic'): Credentials => ({ method, user: 'ann@corp.example', password: canary })

export type Serve = (request: IncomingMessage, response: ServerResponse, body: Buffer) => void

export interface WebServer extends AsyncDisposable {
  readonly port: number
  /** Of the requests, in order. */
  readonly seen: { readonly method: string; readonly path: string; readonly headers: IncomingMessage['headers']; readonly body: Buffer }[]
  /** Connections that were opened. */
  connections(): number
}

/** A web server on loopback that does with a request what it is told; HTTPS where it is given a certificate. */
export async function webServer(serve: Serve, certificate?: TestCertificate): Promise<WebServer> {
  const seen: WebServer['seen'] = []
  let connections = 0
  const listener = (request: IncomingMessage, response: ServerResponse) => {
    const chunks: Buffer[] = []
    request.on('data', chunk => chunks.push(chunk))
    request.on('end', () => {
      const body = Buffer.concat(chunks)
      seen.push({ method: request.method ?? '', path: request.url ?? '', headers: request.headers, body })
      serve(request, response, body)
    })
  }
  const server = certificate
    ? createSecure({ cert: readFileSync(certificate.certFile), key: readFileSync(certificate.keyFile) }, listener)
    : createPlain(listener)
  server.on('connection', () => {
    connections += 1
  })
  server.listen(0, '127.0.0.1')
  await once(server, 'listening')
  return {
    port: (server.address() as AddressInfo).port,
    seen,
    connections: () => connections,
    async [Symbol.asyncDispose]() {
      server.closeAllConnections()
      server.close()
      await once(server, 'close')
    },
  }
}

let folder: string | undefined

/** A certificate of a private authority. */
export async function certificateFor(...names: string[]): Promise<TestCertificate> {
  folder ??= tempDir().path
  const dir = join(folder, randomUUID())
  await mkdir(dir)
  return makeCertificate(dir, names)
}

/** Where names lead in a test: host to port on loopback. Every other name has no address. */
export const networkOf = (
  hosts: Readonly<Record<string, number>>,
  trusting: { readonly caFile?: string; readonly fingerprints?: readonly string[]; readonly srv?: readonly SrvRecord[] } = {},
): Network => ({
  resolver: {
    ...systemResolver,
    address: (host, port) => {
      const to = hosts[`${host}:${port}`] ?? hosts[host]
      return to === undefined ? { host: 'unknown.invalid', port } : { host: '127.0.0.1', port: to }
    },
    srv: async () => trusting.srv ?? [],
  },
  trust: trustOf({ caFile: trusting.caFile }),
  fingerprints: trusting.fingerprints ?? [],
})

export const transportTo = (
  network: Network,
  options: { readonly credentials?: Credentials; readonly guard?: SignInGuard; readonly connections?: number; readonly url?: string } = {},
): EwsTransport =>
  ewsTransport({
    url: options.url ?? 'https://mail.corp.example/EWS/Exchange.asmx',
    network,
    signIn: signInWith(options.credentials ?? ann(), options.guard ?? createSignInGuard('Old server')),
    userAgent: 'Mailferry/0',
    ...(options.connections !== undefined && { connections: options.connections }),
  })

/** Posts a text and reads the answer to its end. */
export async function ask(transport: EwsTransport, text: string, options: Partial<PostOptions> = {}): Promise<string> {
  const { body } = await transport.post([Buffer.from(text)], { signal: never, ...options })
  return (await bytesOf(body)).toString()
}

export async function bytesOf(body: AsyncIterable<Buffer>): Promise<Buffer> {
  const chunks: Buffer[] = []
  for await (const chunk of body) chunks.push(chunk)
  return Buffer.concat(chunks)
}

export const soap = (response: ServerResponse, text = '<ok/>', status = 200): void => {
  response.writeHead(status, { 'content-type': 'text/xml; charset=utf-8' }).end(text)
}
