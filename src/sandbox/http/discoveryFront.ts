import type { IncomingMessage } from 'node:http'
import type { Socket } from 'node:net'
import { addressInUrl } from '../autodiscover/json.ts'
import { askedAddress } from '../autodiscover/pox.ts'
import type { ServerCertificate } from '../certificates.ts'
import { htmlAnswer, redirectAnswer } from './answer.ts'
import { handle } from './handle.ts'
import { listen } from './listen.ts'
import { readBody } from './readBody.ts'
import { send } from './send.ts'
import { type Site, schemeOf } from './site.ts'

/**
 * Stands for DNS: Autodiscover's host of every domain there is, each answered by the organisation that has it at the moment, with that organisation's
 * sign-in.
 */
export interface DiscoveryFront extends AsyncDisposable {
  readonly host: string
  readonly port: number
  /** POX; SOAP and JSON stand beside it. */
  readonly url: string
  /** Plain HTTP, where nothing but the unauthenticated redirect to `url` is had. */
  readonly plainUrl: string
  readonly certificate: ServerCertificate
  /** Every request, whoever answered it: where secrets went. */
  readonly requests: readonly DiscoveryRequest[]
}

export interface DiscoveryRequest {
  readonly secure: boolean
  readonly path: string
  /** Of its Authorization header; empty: none was sent. */
  readonly scheme: string
  /** The organisation that answered; empty: none. */
  readonly organisation: string
}

export interface DiscoveryOptions {
  readonly certificate: ServerCertificate
  readonly host?: string
  readonly port?: number
}

const path = '/autodiscover/autodiscover.xml'

export async function startDiscovery(sites: readonly Site[], options: DiscoveryOptions): Promise<DiscoveryFront> {
  const { certificate, host = '127.0.0.1', port = 0 } = options
  const door = { endPoint: certificate.endPoint }
  // A message of NTLM has no body yet: the connection stays with whom it asked last.
  const last = new WeakMap<Socket, Site>()
  const requests: DiscoveryRequest[] = []
  const note = (request: IncomingMessage, secure: boolean, site?: Site): void => {
    requests.push({ secure, path: request.url ?? '', scheme: schemeOf(request), organisation: site?.organisation.name ?? '' })
  }
  const owner = (domain: string | undefined): Site | undefined =>
    domain === undefined ? undefined : sites.find(({ organisation }) => organisation.acceptedDomains.has(domain.toLowerCase()))

  const secure = await listen(
    host,
    port,
    (request, response) => {
      const answer = async (): Promise<void> => {
        const body = await readBody(request, 1024 * 1024)
        if (!Buffer.isBuffer(body)) return void request.socket.destroy()
        const address = addressInUrl(new URL(request.url ?? '/', 'https://discovery.test')) ?? askedAddress(body)
        const site = address === undefined ? (last.get(request.socket) ?? sites[0]) : owner(address.split('@')[1])
        note(request, true, site)
        if (site === undefined) return await send(request, response, htmlAnswer('404 - File or directory not found.', 404), false)
        last.set(request.socket, site)
        await handle(site, door, request, response, body)
      }
      answer().catch((error: Error) => response.destroy(error))
    },
    { certificate },
  )
  const url = `https://${host}:${secure.port}${path}`
  const plain = await listen(host, 0, (request, response) => {
    note(request, false)
    const answer = request.method === 'GET' && request.url?.toLowerCase() === path ? redirectAnswer(url) : htmlAnswer('Not found', 404)
    send(request, response, answer, false).catch((error: Error) => response.destroy(error))
  })
  return {
    host,
    port: secure.port,
    url,
    plainUrl: `http://${host}:${plain.port}${path}`,
    certificate,
    requests,
    async [Symbol.asyncDispose]() {
      await Promise.all([secure[Symbol.asyncDispose](), plain[Symbol.asyncDispose]()])
    },
  }
}
