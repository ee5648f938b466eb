import { randomUUID } from 'node:crypto'
import type { IncomingMessage, ServerResponse } from 'node:http'
import type { Socket } from 'node:net'
import type { AutodiscoverSite, Redirect } from '../autodiscover/lookUp.ts'
import type { Organisation } from '../exchange/organisation.ts'
import { type Accounts, createAccounts } from '../signIn/accounts.ts'
import { type Authorizer, createAuthorizer, type SignInMethods } from '../signIn/authorize.ts'
import { type AdDomain, adDomainOf, type DirectoryAccount, findAccount } from '../signIn/directoryAccounts.ts'
import type { ExtendedProtection } from '../signIn/ntlm/verify.ts'
import type { ThrottlingPolicy } from '../throttling/policy.ts'
import { createThrottle, type Throttle } from '../throttling/throttle.ts'
import { createTroubles, type Troubles } from './trouble.ts'

export interface SiteOptions {
  /** Default: Basic and NTLM. */
  readonly methods?: { readonly basic?: boolean; readonly ntlm?: boolean }
  /** Signs in by access tokens; who one stands for. */
  readonly checkToken?: (token: string) => DirectoryAccount | undefined
  readonly lockAfter?: number
  readonly signInByEmail?: boolean
  readonly extendedProtection?: ExtendedProtection
  /** Default: unthrottled. */
  readonly throttling?: ThrottlingPolicy
  /** Of chance in troubles. */
  readonly seed?: number
  /** Requests with chunked bodies are refused with 411, as some proxies do. */
  readonly refuseChunked?: boolean
  readonly compress?: boolean
  /** IIS's `maxAllowedContentLength` for EWS, in bytes. Default: Exchange's 64 MB. */
  readonly longestRequest?: number
}

/** One request that was answered, or wasn't. */
export interface RequestEntry {
  /** When it was over: milliseconds since the epoch. */
  readonly at: number
  readonly path: string
  /** EWS operation, or the kind of Autodiscover; empty where neither. */
  readonly operation: string
  /** Of its Authorization header (`Basic`, `NTLM` …), so that a test sees where secrets go; empty: none was sent. */
  readonly scheme: string
  /** UPN of who signed in; empty: nobody. */
  readonly user: string
  /** 0: no answer was sent. */
  readonly status: number
  /** Numbered as they were opened. */
  readonly connection: number
  readonly bytesIn: number
  readonly bytesOut: number
}

/** An organisation's Client Access service: what stands in front of its model and may be changed at run time. */
export interface Site extends AutodiscoverSite {
  readonly organisation: Organisation
  base: string
  readonly redirects: Map<string, Redirect>
  readonly ad: AdDomain
  readonly accounts: Accounts<DirectoryAccount>
  readonly methods: SignInMethods<DirectoryAccount>
  readonly authorize: Authorizer<DirectoryAccount>
  extendedProtection: ExtendedProtection
  /** TLS ends at a proxy with a certificate of its own, so that no client's channel binding can be right. */
  offloaded: boolean
  refuseChunked: boolean
  compress: boolean
  readonly longestRequest: number
  readonly throttle: Throttle
  readonly troubles: Troubles
  readonly requests: RequestEntry[]
  connectionOf(socket: Socket): number
}

export function createSite(organisation: Organisation, options: SiteOptions = {}): Site {
  const ad = adDomainOf(organisation)
  const accounts = createAccounts({
    find: name => findAccount(organisation, ad, name, options.signInByEmail ?? false),
    lockAfter: options.lockAfter ?? 10,
  })
  const methods: SignInMethods<DirectoryAccount> = {
    basic: options.methods?.basic ?? true,
    ntlm: options.methods?.ntlm ?? true,
    tokens: new Map(),
    checkToken: options.checkToken,
  }
  const now = (): Date => new Date(organisation.now())
  const server = { accounts, domain: ad.netbios, computer: 'EX01', dnsDomain: ad.dns, now }
  const connections = new WeakMap<Socket, number>()
  let lastConnection = 0
  return {
    organisation,
    base: '',
    redirects: new Map(),
    ad,
    accounts,
    methods,
    authorize: createAuthorizer(server, methods),
    extendedProtection: options.extendedProtection ?? 'allow',
    offloaded: false,
    refuseChunked: options.refuseChunked ?? false,
    compress: options.compress ?? false,
    longestRequest: options.longestRequest ?? 64 * 1024 * 1024,
    throttle: createThrottle(options.throttling, organisation.now),
    troubles: createTroubles(options.seed ?? 1),
    requests: [],
    connectionOf(socket) {
      const number = connections.get(socket) ?? ++lastConnection
      connections.set(socket, number)
      return number
    },
  }
}

/** The scheme of the Authorization header; empty where there is none. */
export const schemeOf = ({ headers }: IncomingMessage): string => headers.authorization?.split(' ', 1)[0] ?? ''

/** What every answer of an Exchange server has, whatever it says. */
export function setStandardHeaders({ organisation, ad }: Site, request: IncomingMessage, response: ServerResponse): void {
  const { major, minor, majorBuild, minorBuild } = organisation.version
  response.setHeader('date', new Date(organisation.now()).toUTCString())
  response.setHeader('server', 'Microsoft-IIS/10.0')
  response.setHeader('cache-control', 'private')
  response.setHeader('request-id', randomUUID())
  response.setHeader('x-feserver', 'EX01')
  response.setHeader('x-calculatedbetarget', `ex01.${ad.dns}`)
  response.setHeader('x-owa-version', [major, minor, majorBuild, minorBuild].join('.'))
  response.setHeader('x-powered-by', 'ASP.NET')
  const clientId = request.headers['client-request-id']
  if (clientId !== undefined && request.headers['return-client-request-id'] === 'true') response.setHeader('client-request-id', clientId)
}
