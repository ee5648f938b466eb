import type { IncomingMessage, ServerResponse } from 'node:http'
import { setTimeout as delay } from 'node:timers/promises'
import type { ServerCertificate } from '../certificates.ts'
import { type Answer, htmlAnswer } from '../http/answer.ts'
import { answerTroubled } from '../http/answerTroubled.ts'
import { listen } from '../http/listen.ts'
import { readBody } from '../http/readBody.ts'
import { answerEntra } from './entra/answerEntra.ts'
import { carryOutGraph, errorAnswer, type Routed, routeRequest } from './graph/answerGraph.ts'
import { answerOutlook } from './graph/answerOutlook.ts'
import type { GraphRequest } from './graph/call.ts'
import { asGraphError } from './graph/graphError.ts'
import { type CloudRequest, createOffice365Site, type Office365Site, type SiteOptions } from './site.ts'
import type { Tenant } from './tenant.ts'

export interface Office365FrontOptions extends SiteOptions {
  readonly certificate: ServerCertificate
  /** Default: 127.0.0.1. */
  readonly host?: string
}

/** A tenant's servers: what login.microsoftonline.com, graph.microsoft.com and outlook.office365.com are. */
export interface Office365Front extends AsyncDisposable {
  readonly site: Office365Site
  readonly host: string
  readonly loginUrl: string
  readonly graphUrl: string
  readonly outlookUrl: string
  readonly certificate: ServerCertificate
}

type Host = CloudRequest['host']

/** Bytes of a request to Graph (4 MB), and of one to the hosts that take uploads. */
const mostBytes: Record<Host, number> = { login: 1024 * 1024, graph: 4 * 1024 * 1024, outlook: 256 * 1024 * 1024 }

export async function startOffice365Front(tenant: Tenant, options: Office365FrontOptions): Promise<Office365Front> {
  const { certificate, host = '127.0.0.1' } = options
  const site = createOffice365Site(tenant, options)
  await using stack = new AsyncDisposableStack()
  const start = async (name: Host): Promise<string> => {
    const listener = await listen(
      host,
      0,
      (request, response) => {
        handle(site, name, request, response).catch((error: Error) => response.destroy(error))
      },
      { certificate },
    )
    stack.use(listener)
    return `https://${host}:${listener.port}`
  }
  site.loginBase = await start('login')
  site.graphBase = await start('graph')
  site.outlookBase = await start('outlook')
  site.graphAliases.add(site.graphBase)
  const running = stack.move()
  return {
    site,
    host,
    loginUrl: site.loginBase,
    graphUrl: site.graphBase,
    outlookUrl: site.outlookBase,
    certificate,
    [Symbol.asyncDispose]: () => running.disposeAsync(),
  }
}

async function handle(site: Office365Site, host: Host, incoming: IncomingMessage, response: ServerResponse): Promise<void> {
  const base = { login: site.loginBase, graph: site.graphBase, outlook: site.outlookBase }[host]
  const url = new URL(incoming.url ?? '/', base)
  const now = site.tenant.organisation.now()
  response.setHeader('date', new Date(now).toUTCString())
  const body = await readBody(incoming, mostBytes[host])
  const { method = 'GET' } = incoming
  const done = (status: number, bytesOut: number, operation = '', appId = ''): void => {
    const bytesIn = Buffer.isBuffer(body) ? body.length : 0
    const hasAuthorization = incoming.headers.authorization !== undefined
    site.requests.push({ host, method, path: url.pathname, operation, appId, hasAuthorization, status, bytesIn, bytesOut })
  }
  if (body === 'aborted') return done(0, 0)
  const say = async (operation: string, answer: () => Answer | Promise<Answer>, appId = ''): Promise<void> => {
    const sent = await answerTroubled({ troubles: site.troubles, base, compress: site.compress }, operation, incoming, response, answer)
    done(sent.status, sent.bytesOut, operation, appId)
  }
  if (body === 'tooLarge') return await say('', () => htmlAnswer('413 Request Entity Too Large', 413))
  const headers = flat(incoming)
  if (host === 'login')
    return await say(`login${url.pathname.slice(url.pathname.indexOf('/', 1))}`, () =>
      answerEntra(
        { tenant: site.tenant, base, graphAliases: site.graphAliases, deviceCodes: site.deviceCodes },
        { method, url, body, correlationId: headers['client-request-id'] },
      ),
    )
  if (host === 'outlook') {
    const operation = `${method} ${url.pathname.replace(/^.*\/(importItem|AttachmentSessions).*$/, '$1')}`
    return await say(operation, () => answerOutlook(site, { method, url, headers, body }))
  }
  if (site.proxyPage) return await say('', () => htmlAnswer('Proxy authentication', 200))
  const request = { method, url, headers, body }
  const routed = tryRoute(site, request)
  if ('answer' in routed) return await say('', () => routed.answer)
  await say(routed.operation, () => carryOutLater(site, request, routed, response), routed.caller.appid)
}

function tryRoute(site: Office365Site, request: GraphRequest): Routed | { readonly answer: Answer } {
  try {
    return routeRequest(site, request)
  } catch (error) {
    const known = asGraphError(error)
    if (!known) throw error
    return { answer: errorAnswer(known, site.tenant.organisation.now(), request.headers['client-request-id']) }
  }
}

async function carryOutLater(site: Office365Site, request: GraphRequest, routed: Routed, response: ServerResponse): Promise<Answer> {
  const answer = carryOutGraph(site, request, routed, release => {
    if (response.destroyed) release()
    else response.once('close', release)
  })
  if (site.latency > 0) await delay(site.latency, undefined, { ref: false })
  return answer
}

const flat = ({ headers }: IncomingMessage): Record<string, string> =>
  Object.fromEntries(Object.entries(headers).map(([name, value]) => [name, Array.isArray(value) ? value.join(', ') : (value ?? '')]))
