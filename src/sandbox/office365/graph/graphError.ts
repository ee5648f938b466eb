import { EwsError } from '../../exchange/ews/ewsError.ts'

/** What Graph refuses with: a status, a code and a text for people. */
export class GraphError extends Error {
  readonly status: number
  readonly code: string
  readonly headers: Readonly<Record<string, string>>

  constructor(status: number, code: string, message: string, headers: Readonly<Record<string, string>> = {}) {
    super(message)
    this.name = 'GraphError'
    this.status = status
    this.code = code
    this.headers = headers
  }
}

export const badRequest = (message: string): GraphError => new GraphError(400, 'BadRequest', message)

export const accessDenied = (): GraphError => new GraphError(403, 'ErrorAccessDenied', 'Access is denied. Check credentials and try again.')

export const itemNotFound = (): GraphError => new GraphError(404, 'ErrorItemNotFound', 'The specified object was not found in the store.')

export const resourceNotFound = (id: string): GraphError =>
  new GraphError(
    404,
    'Request_ResourceNotFound',
    `Resource '${id}' does not exist or one of its queried reference-property objects are not present.`,
  )

export const unknownSegment = (segment: string): GraphError =>
  new GraphError(400, 'BadRequest', `Resource not found for the segment '${segment}'.`)

const statuses: Readonly<Record<string, number>> = {
  ErrorAccessDenied: 403,
  ErrorDeleteDistinguishedFolder: 403,
  ErrorFolderExists: 409,
  ErrorIrresolvableConflict: 409,
  ErrorItemNotFound: 404,
  ErrorFolderNotFound: 404,
  ErrorMessageSizeExceeded: 413,
  ErrorQuotaExceeded: 507,
  ErrorInternalServerError: 500,
  ErrorInternalServerTransientError: 503,
  ErrorMailboxMoveInProgress: 503,
  ErrorMailboxStoreUnavailable: 503,
  ErrorMailboxFailover: 503,
  ErrorServerBusy: 503,
}

/** Exchange's errors keep their codes in Graph; one that isn't known to mean more is the request's fault. */
export const ofExchange = ({ code, message }: EwsError): GraphError => new GraphError(statuses[code] ?? 400, code, message)

export const asGraphError = (error: unknown): GraphError | undefined =>
  error instanceof GraphError ? error : error instanceof EwsError ? ofExchange(error) : undefined
