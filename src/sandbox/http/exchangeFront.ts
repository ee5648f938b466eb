import type { ServerCertificate } from '../certificates.ts'
import type { Organisation } from '../exchange/organisation.ts'
import { handle } from './handle.ts'
import { listen } from './listen.ts'
import { createSite, type Site, type SiteOptions } from './site.ts'

export interface FrontOptions extends SiteOptions {
  readonly certificate: ServerCertificate
  /** Default: 127.0.0.1. */
  readonly host?: string
  /** Default: a free one. */
  readonly port?: number
  readonly oldTls?: boolean
}

/** An organisation's HTTPS server. */
export interface ExchangeFront extends AsyncDisposable {
  readonly site: Site
  readonly host: string
  readonly port: number
  readonly ewsUrl: string
  /** POX; `autodiscover.svc` and `autodiscover.json` stand beside it. */
  readonly autodiscoverUrl: string
  readonly certificate: ServerCertificate
}

export async function startExchangeFront(organisation: Organisation, options: FrontOptions): Promise<ExchangeFront> {
  const { certificate, host = '127.0.0.1', port = 0, oldTls = false } = options
  const site = createSite(organisation, options)
  const door = { endPoint: certificate.endPoint }
  const listener = await listen(
    host,
    port,
    (request, response) => {
      handle(site, door, request, response).catch((error: Error) => response.destroy(error))
    },
    { certificate, oldTls },
  )
  site.base = `https://${host}:${listener.port}`
  return {
    site,
    host,
    port: listener.port,
    ewsUrl: `${site.base}/EWS/Exchange.asmx`,
    autodiscoverUrl: `${site.base}/autodiscover/autodiscover.xml`,
    certificate,
    [Symbol.asyncDispose]: () => listener[Symbol.asyncDispose](),
  }
}
