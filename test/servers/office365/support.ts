import type { IncomingMessage, ServerResponse } from 'node:http'
import type { Office365SignIn } from '../../../src/domain/connection.ts'
import { applicationTokens } from '../../../src/servers/office365/entra/applicationTokens.ts'
import type { Tokens } from '../../../src/servers/office365/entra/tokens.ts'
import type { GraphTransport } from '../../../src/servers/office365/graph/graphTransport.ts'
import { openGraph } from '../../../src/servers/office365/graph/openGraph.ts'
import type { GraphLimits } from '../../../src/servers/office365/limits/limits.ts'
import type { Secret } from '../../../src/servers/secretSource.ts'
import { createSignInGuard } from '../../../src/servers/signInGuard.ts'
import type { TestCertificate } from '../../support/certificate.ts'
import { networkOf, type WebServer, webServer } from '../exchange/support.ts'

export const login = 'https://login.test'
export const graph = 'https://graph.test'

/** Neither the secret nor a token may appear in an error. */
export const canaries = ['Kanari3n-Geheimnis', 'kanari3n-token-1', 'kanari3n-token-2', 'kanari3n-link']
const [secret = ''] = canaries

type Answer = (request: IncomingMessage, response: ServerResponse, body: Buffer) => void

/** Entra and Graph on one port of loopback, told apart by the name that is asked for. */
export interface ScriptedCloud extends AsyncDisposable {
  readonly server: WebServer
  readonly transport: GraphTransport
  readonly tokens: Tokens
  /** Requests for tokens so far. */
  tokenRequests(): readonly URLSearchParams[]
}

export const json = (response: ServerResponse, body: unknown, status = 200, headers: Record<string, string> = {}): void => {
  response.writeHead(status, { 'content-type': 'application/json', ...headers }).end(JSON.stringify(body))
}

export const refusal = (code: string, message = ''): unknown => ({ error: { code, message, innerError: { 'request-id': 'r-1' } } })

/** Gives out one token after the other. */
export const givesTokens = (): Answer => {
  let count = 0
  return (_request, response) => {
    count += 1
    json(response, { token_type: 'Bearer', expires_in: 3600, access_token: `kanari3n-token-${count}` })
  }
}

export async function scriptedCloud(
  certificate: TestCertificate,
  script: { readonly graph?: Answer; readonly login?: Answer; readonly outlook?: Answer },
  more: {
    readonly signIn?: Extract<Office365SignIn, { method: 'application' }>
    readonly secret?: Secret
    readonly limits?: GraphLimits
  } = {},
): Promise<ScriptedCloud> {
  const nothing: Answer = (_request, response) => response.writeHead(404).end()
  const asked: URLSearchParams[] = []
  const entra = script.login ?? givesTokens()
  const server = await webServer((request, response, body) => {
    const { host = '' } = request.headers
    if (host.startsWith('login.')) {
      asked.push(new URLSearchParams(body.toString()))
      entra(request, response, body)
    } else if (host.startsWith('graph.')) (script.graph ?? nothing)(request, response, body)
    else (script.outlook ?? nothing)(request, response, body)
  }, certificate)
  const network = networkOf({ 'login.test': server.port, 'graph.test': server.port, 'outlook.test': server.port }, certificate)
  const tokens = applicationTokens(
    { connection: 'Cloud', login, network, userAgent: 'Mailferry/0' },
    more.signIn ?? { method: 'application', tenant: 'tenant-1', clientId: 'client-1', credential: 'secret' },
    more.secret ?? { password: secret },
    createSignInGuard('Cloud'),
    `${graph}/.default`,
  )
  const transport = openGraph({ graph, network, tokens, userAgent: 'Mailferry/0', ...(more.limits && { limits: more.limits }) })
  return {
    server,
    transport,
    tokens,
    tokenRequests: () => asked,
    async [Symbol.asyncDispose]() {
      await transport[Symbol.asyncDispose]()
      await server[Symbol.asyncDispose]()
    },
  }
}
