import { createTroubles, type Troubles } from '../http/trouble.ts'
import { createDeviceCodes, type DeviceCodes } from './entra/deviceCodes.ts'
import type { UploadSession } from './graph/mail/uploads.ts'
import type { Tenant } from './tenant.ts'
import { createThrottle, type GraphLimits, type GraphThrottle } from './throttle.ts'

/** One request that was answered, or wasn't. Never its query: it may carry a token. */
export interface CloudRequest {
  readonly host: 'login' | 'graph' | 'outlook'
  readonly method: string
  readonly path: string
  /** The route, as troubles name it (`GET users/{user}/messages`); empty: none. */
  readonly operation: string
  /** Application id of the token; empty: none was sent, or none that counts. */
  readonly appId: string
  readonly hasAuthorization: boolean
  /** 0: no answer was sent. */
  readonly status: number
  readonly bytesIn: number
  readonly bytesOut: number
}

/** What stands in front of a tenant and may be changed at run time. */
export interface Office365Site {
  readonly tenant: Tenant
  readonly throttle: GraphThrottle
  readonly troubles: Troubles
  readonly requests: CloudRequest[]
  readonly deviceCodes: DeviceCodes
  /** Large attachments on their way, by their session's id. */
  readonly uploads: Map<string, UploadSession>
  /** Origins, without a slash at their end. */
  loginBase: string
  graphBase: string
  outlookBase: string
  /** Names that Graph goes by in scopes, beside its own. */
  readonly graphAliases: Set<string>
  compress: boolean
  /** A page of HTML in place of Graph's answer, as a proxy that wants a sign-in shows. */
  proxyPage: boolean
  /** Milliseconds that each answer takes. */
  latency: number
  /** Told of every request to Graph, those of a batch one by one: method, and path with its query. */
  readonly watch: ((method: string, path: string) => void) | undefined
}

export interface SiteOptions {
  /** Default: unthrottled. */
  readonly limits?: Partial<GraphLimits>
  /** Of chance in troubles. */
  readonly seed?: number
  readonly watch?: Office365Site['watch']
}

export const createOffice365Site = (tenant: Tenant, { limits, seed = 1, watch }: SiteOptions = {}): Office365Site => ({
  tenant,
  throttle: createThrottle(limits, tenant.organisation.now),
  troubles: createTroubles(seed),
  requests: [],
  deviceCodes: createDeviceCodes(tenant.organisation.now),
  uploads: new Map(),
  loginBase: '',
  graphBase: '',
  outlookBase: '',
  graphAliases: new Set(),
  compress: false,
  proxyPage: false,
  latency: 0,
  watch,
})
