import type { INetworkModule, NetworkRequestOptions, NetworkResponse } from '@azure/msal-node'
import { z } from 'zod'
import { MailferryError } from '../../../domain/errors.ts'
import type { Network } from '../../http/connectSocket.ts'
import { httpClient } from '../../http/httpClient.ts'
import type { HttpResponse } from '../../http/httpConnection.ts'
import { originOf } from '../../http/origin.ts'
import { retryAfter } from '../../http/retryAfter.ts'

/** What Entra ID answered to a request for a token that it refused (OAuth 2.0, RFC 6749 5.2, with Microsoft's error codes). */
export interface EntraRefusal {
  readonly status: number
  /** `invalid_client`, `invalid_grant`, … */
  readonly error: string
  /** AADSTS numbers. */
  readonly codes: readonly number[]
  readonly description: string
  /** Milliseconds since the epoch, by Entra's clock. */
  readonly serverDate: number | undefined
}

/** The network as MSAL wants it, over our own connections, so that trust and time limits hold here too. Remembers what went wrong, for MSAL's errors tell less. */
export interface EntraNetwork extends INetworkModule {
  /** What the last request met, once. */
  failure(): MailferryError | EntraRefusal | undefined
}

const timeout = 60_000

const refusalSchema = z.object({
  error: z.string(),
  error_codes: z.array(z.number()).catch([]),
  error_description: z.string().catch(''),
})

export function entraNetwork(network: Network, userAgent: string): EntraNetwork {
  let met: MailferryError | EntraRefusal | undefined

  const request = async (method: 'GET' | 'POST', url: string, options: NetworkRequestOptions | undefined) => {
    const at = new URL(url)
    const origin = originOf(at)
    if (!origin.secure) throw new MailferryError('tls.plaintextRefused', { host: origin.host, port: origin.port })
    await using client = httpClient(network, origin, 1)
    const response = await client.request({
      method,
      path: at.pathname + at.search,
      headers: { ...options?.headers, accept: 'application/json', 'user-agent': userAgent },
      ...(method === 'POST' && { body: [Buffer.from(options?.body ?? '')] }),
      signal: new AbortController().signal,
      timeoutMs: timeout,
    })
    return { response, json: await readJson(origin.host, response) }
  }

  const send = async <T>(method: 'GET' | 'POST', url: string, options: NetworkRequestOptions | undefined): Promise<NetworkResponse<T>> => {
    met = undefined
    try {
      const { response, json } = await request(method, url, options)
      met = refusalIn(new URL(url).hostname, response, json)
      // Proof of the cast: MSAL checks what it needs of the body, as it does with its own network, which casts what JSON.parse gives.
      return { status: response.status, headers: {}, body: json as T }
    } catch (error) {
      if (error instanceof MailferryError) met = error
      throw error
    }
  }

  return {
    failure: () => met,
    sendGetRequestAsync: (url, options) => send('GET', url, options),
    sendPostRequestAsync: (url, options) => send('POST', url, options),
  }
}

async function readJson(host: string, response: HttpResponse): Promise<unknown> {
  const chunks: Buffer[] = []
  for await (const chunk of response.body) chunks.push(chunk)
  const text = Buffer.concat(chunks).toString('utf8')
  const { status } = response
  const isJson = /\bjson\b/i.test(response.header('content-type') ?? '')
  // A gateway of Microsoft's own says so by a page; what Entra itself says of its trouble, it says in JSON.
  if (status === 429 || status === 503 || (status >= 500 && !isJson)) {
    const retryAfterMs = retryAfter(response.header('retry-after'))
    throw new MailferryError('server.busy', {
      host,
      response: `HTTP ${status}`,
      ...(retryAfterMs !== undefined && { retryAfterMs }),
    })
  }
  if (/\bx?html\b/i.test(response.header('content-type') ?? '')) throw new MailferryError('server.webPage', { host, status })
  try {
    return JSON.parse(text)
  } catch {
    throw new MailferryError('server.protocol', { host, detail: `HTTP ${status} without JSON, as a proxy answers` })
  }
}

function refusalIn(host: string, { status, header }: HttpResponse, json: unknown): MailferryError | EntraRefusal | undefined {
  if (status < 400) return undefined
  const { data } = refusalSchema.safeParse(json)
  if (data === undefined) return new MailferryError('server.protocol', { host, detail: `HTTP ${status}` })
  const ms = Date.parse(header('date') ?? '')
  return {
    status,
    error: data.error,
    codes: data.error_codes,
    description: data.error_description,
    serverDate: Number.isNaN(ms) ? undefined : ms,
  }
}
