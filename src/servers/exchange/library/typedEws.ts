import type { ExchangeService } from 'ews-javascript-api'
import { MailferryError } from '../../../domain/errors.ts'
import { escapeXml } from '../autodiscover/elements.ts'
import type { SchemaVersion } from '../soap/envelope.ts'
import { EwsRefusal } from '../soap/ewsRefusal.ts'
import { inKnownSchema } from '../soap/knownSchema.ts'
import type { EwsTransport } from '../transport/ewsTransport.ts'
import { loadLibrary } from './loadLibrary.ts'
import { transportApi } from './transportApi.ts'

type Library = Awaited<ReturnType<typeof loadLibrary>>

/** Text for the library, which writes it into its XML as it is. */
export const libraryText = escapeXml

/** Whose mailbox a call is about, and by which right; the admin's own where it is absent. */
export interface ActingFor {
  readonly mailbox: string
  readonly access: 'impersonation' | 'delegate'
}

export interface TypedCall {
  readonly signal: AbortSignal
  readonly actingFor?: ActingFor | undefined
}

export interface TypedAnswer<Result> {
  readonly result: Result
  /** The build of the server that answered (`15.1.2507.6`). */
  readonly serverVersion: string | undefined
}

/**
 * One typed call by ews-javascript-api over our transport, in the schema of Exchange 2010 SP1 or in an older one where the server refuses that. Throws what
 * the transport throws, and `EwsRefusal`.
 */
export const typedCall = <Result>(
  transport: EwsTransport,
  call: TypedCall,
  run: (service: ExchangeService, library: Library) => Promise<Result>,
): Promise<TypedAnswer<Result>> => inKnownSchema(transport, version => callIn(version, transport, call, run))

async function callIn<Result>(
  version: SchemaVersion,
  transport: EwsTransport,
  { signal, actingFor }: TypedCall,
  run: (service: ExchangeService, library: Library) => Promise<Result>,
): Promise<TypedAnswer<Result>> {
  const library = await loadLibrary()
  const service = new library.ExchangeService(library.ExchangeVersion[version])
  const api = transportApi(transport, { signal, ...(actingFor && { mailbox: actingFor.mailbox }) })
  service.XHRApi = api
  service.Url = new library.Uri(transport.url)
  // It insists on credentials; those that count are the transport's.
  service.Credentials = new library.WebCredentials('transport', 'transport')
  if (actingFor?.access === 'impersonation') {
    service.ImpersonatedUserId = new library.ImpersonatedUserId(library.ConnectingIdType.SmtpAddress, libraryText(actingFor.mailbox))
  }
  try {
    const result = await run(service, library)
    return { result, serverVersion: versionOf(service) }
  } catch (thrown) {
    throw api.failure() ?? refusalOf(library, thrown, service)
  }
}

function versionOf({ ServerInfo: info }: ExchangeService): string | undefined {
  const parts = info ? [info.MajorVersion, info.MinorVersion, info.MajorBuildNumber, info.MinorBuildNumber] : []
  return parts.length > 0 && parts.every(Number.isInteger) ? parts.join('.') : undefined
}

/** Refusals come as exceptions of a response (HTTP 200) or as the details of a SOAP fault. */
function refusalOf(
  { ServiceError, ServiceResponseException, SoapFaultDetails }: Library,
  thrown: unknown,
  service: ExchangeService,
): Error {
  if (thrown instanceof ServiceResponseException) return new EwsRefusal(ServiceError[thrown.ErrorCode], versionOf(service))
  // A document that it can't read becomes a fault too, one without a code.
  if (thrown instanceof SoapFaultDetails && ServiceError[thrown.ResponseCode] !== 'ErrorInternalServerError') {
    return new EwsRefusal(ServiceError[thrown.ResponseCode], versionOf(service))
  }
  return new MailferryError('server.protocol', { host: service.Url.Host, detail: 'its answer can’t be understood' })
}
