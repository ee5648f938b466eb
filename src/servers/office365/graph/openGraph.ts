import { randomUUID } from 'node:crypto'
import { isError, MailferryError } from '../../../domain/errors.ts'
import type { Network } from '../../http/connectSocket.ts'
import { drain } from '../../http/drain.ts'
import { type HttpClient, httpClient } from '../../http/httpClient.ts'
import type { HttpResponse } from '../../http/httpConnection.ts'
import { originOf } from '../../http/origin.ts'
import { lengthOf, type RequestBody } from '../../http/outgoing.ts'
import { retryAfter } from '../../http/retryAfter.ts'
import type { Tokens } from '../entra/tokens.ts'
import { createGate, type Gate, type Passage } from '../limits/gate.ts'
import { type GraphLimits, publishedLimits } from '../limits/limits.ts'
import { batchAnswers, batchBody, batchLimit } from './batchBody.ts'
import { readAnswer } from './graphAnswer.ts'
import { problemText } from './graphError.ts'
import { graphPath, versioned } from './graphPath.ts'
import type { BatchRequest, GraphRequest, GraphResponse, GraphTransport, SendOptions } from './graphTransport.ts'
import { redirected } from './redirected.ts'
import { requestBody } from './requestBody.ts'
import { throttled } from './throttled.ts'
import { tokenRefusal } from './tokenRefusal.ts'

export interface GraphOptions {
  /** Origin of Graph. */
  readonly graph: string
  readonly network: Network
  readonly tokens: Tokens
  readonly userAgent: string
  /** Upper bound of connections; requests beyond it wait for one. */
  readonly connections?: number
  /** Those that Microsoft publishes unless told. */
  readonly limits?: GraphLimits
}

const timeout = 120_000

/** Graph as one sign-in speaks to it. The limits are this object's: whoever works on the same mailboxes shares it. */
export function openGraph({
  graph,
  network,
  tokens,
  userAgent,
  connections = 128,
  limits = publishedLimits,
}: GraphOptions): GraphTransport {
  const origin = originOf(new URL(graph))
  const { host } = origin
  const client = httpClient(network, origin, connections)
  const others = new Map<string, HttpClient>()
  const gate: Gate = createGate(limits)

  interface Wire {
    readonly http: HttpClient
    readonly method: GraphRequest['method']
    readonly path: string
    readonly headers: Readonly<Record<string, string>>
    readonly body: RequestBody | undefined
    readonly signed: boolean
    readonly secrets: readonly string[]
  }

  /** One request on the wire, and once more where the token had run out. */
  const exchange = async (wire: Wire, options: SendOptions): Promise<HttpResponse> => {
    const { signal, beforeSend } = options
    const once = async (token: string | undefined): Promise<HttpResponse> => {
      // A request without a body gives the last word here; one with a body before each slice of it, too.
      beforeSend?.()
      return wire.http.request({
        method: wire.method,
        path: wire.path,
        headers: {
          accept: 'application/json',
          'accept-encoding': 'gzip',
          'user-agent': userAgent,
          'client-request-id': randomUUID(),
          ...wire.headers,
          ...(token !== undefined && { authorization: `Bearer ${token}` }),
        },
        // Graph wants a length with each of these, an empty one too.
        ...((wire.body ?? (wire.method !== 'GET' && wire.method !== 'DELETE')) && { body: wire.body ?? [] }),
        signal,
        timeoutMs: options.timeoutMs ?? timeout,
        ...(beforeSend && { beforeSend }),
      })
    }
    if (!wire.signed) return once(undefined)
    const token = await tokens.token(signal)
    const response = await once(token)
    if (response.status !== 401) return response
    const again = tokens.refused(token) && !(wire.body && 'parts' in wire.body)
    if (!again) throw await tokenRefusal(host, tokens, response)
    await drain(response)
    const renewed = await once(await tokens.token(signal))
    if (renewed.status === 401) throw await tokenRefusal(host, tokens, renewed)
    return renewed
  }

  const patient = (passage: Passage, response: GraphResponse): boolean => {
    const busy = throttled(response)
    if (busy !== undefined) passage.refused(busy.retryAfterMs, busy.concurrency)
    return busy !== undefined
  }

  const carryOut = async (
    wire: Wire,
    requests: number,
    raw: boolean,
    options: SendOptions,
    question?: GraphRequest,
  ): Promise<{ answer: GraphResponse; passage: Passage }> => {
    const { mailbox, signal, onBusy } = options
    const bytes = wire.body === undefined ? 0 : lengthOf(wire.body)
    const passage = await gate.enter({ mailbox, requests, bytes, signal, onBusy })
    let streaming = false
    try {
      const first = await exchange(wire, options)
      const elsewhere = question?.method === 'GET' ? redirected(graph, question, first) : undefined
      if (elsewhere !== undefined) await drain(first)
      const response = elsewhere === undefined ? first : await exchange({ ...wire, path: elsewhere }, options)
      if (raw && response.status < 300) {
        streaming = true
        const { status, header, body } = response
        return { answer: { status, header, stream: left(body, passage) }, passage }
      }
      const answer = await readAnswer(wire.signed ? host : 'the address that Graph named', response, wire.secrets)
      throwUnanswered(host, answer, patient(passage, answer))
      return { answer, passage }
    } catch (error) {
      // The sign-in service asks for patience too: whoever asks Graph next would ask it first.
      if (isError(error, 'server.busy')) passage.refused(error.params.retryAfterMs, false)
      throw error
    } finally {
      if (!streaming) passage.leave()
    }
  }

  const signedWire = (request: GraphRequest): Wire => ({
    http: client,
    method: request.method,
    path: versioned(graphPath(graph, request), request.version),
    signed: true,
    secrets: tokens.secrets(),
    ...requestBody(request, preferences(request)),
  })

  return {
    async send(request, options) {
      const { answer, passage } = await carryOut(signedWire(request), 1, request.raw === true, options, request)
      passage.succeeded()
      return answer
    },
    async batch(requests, options) {
      if (requests.length === 0) return []
      if (requests.length > batchLimit) throw new MailferryError('internal', { detail: `a batch of ${requests.length} requests` })
      const json = batchBody(
        requests.map(request => ({ ...request, path: graphPath(graph, request) })),
        preferences,
      )
      const [version, ...others] = new Set(requests.map(request => request.version))
      if (others.length > 0) throw new MailferryError('internal', { detail: 'a batch of several versions' })
      const whole: GraphRequest = { method: 'POST', path: '/$batch', json, ...(version && { version }) }
      const { answer, passage } = await carryOut(signedWire(whole), requests.length, false, options)
      if (answer.error !== undefined)
        throw new MailferryError('server.refused', { host, command: 'POST /$batch', response: problemText(answer.error) })
      const answers = batchAnswers(host, requests.length, answer.json, tokens.secrets())
      const busy = answers.filter(each => patient(passage, each))
      if (busy.length === 0) passage.succeeded()
      return answers
    },
    async sendTo(url, request, options) {
      const at = URL.parse(url)
      if (at === null || at.protocol !== 'https:')
        throw new MailferryError('server.protocol', { host, detail: 'the address it gave is no https one' })
      const http = others.get(at.origin) ?? httpClient(network, originOf(at), connections)
      others.set(at.origin, http)
      const wire: Wire = {
        http,
        method: request.method,
        path: at.pathname + at.search,
        signed: false,
        secrets: [url, at.search, ...at.searchParams.values()],
        ...requestBody(request, {}),
      }
      const { answer, passage } = await carryOut(wire, 1, false, options)
      passage.succeeded()
      return answer
    },
    async [Symbol.asyncDispose]() {
      for (const each of [client, ...others.values()]) await each[Symbol.asyncDispose]()
    },
  }
}

/** Ids that stay the same when an item moves; what a request prefers itself comes beside it. */
function preferences({ headers = {} }: Pick<BatchRequest, 'headers'>): Record<string, string> {
  const { Prefer, ...rest } = headers
  return { ...rest, Prefer: Prefer === undefined ? 'IdType="ImmutableId"' : `IdType="ImmutableId", ${Prefer}` }
}

/** Throws for what a server in front of Graph answers, and where Graph asks for patience. */
function throwUnanswered(host: string, { status, header, error }: GraphResponse, busy: boolean): void {
  const response = error === undefined ? `HTTP ${status}` : problemText(error)
  if (busy) {
    const retryAfterMs = retryAfter(header('retry-after'))
    throw new MailferryError('server.busy', { host, response, ...(retryAfterMs !== undefined && { retryAfterMs }) })
  }
  if (status >= 500 && status !== 507) throw new MailferryError('server.dropped', { host, cause: response })
}

async function* left(body: AsyncIterable<Buffer>, passage: Passage): AsyncGenerator<Buffer, void> {
  try {
    yield* body
  } finally {
    passage.leave()
  }
}
