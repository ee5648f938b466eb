/**
 * What can be made to go wrong within EWS. Everything else goes wrong outside of it: on the connection, in sign-in, in throttling. A function answers
 * for each request or item anew, so that a test can count, wait or choose by chance.
 */
export interface Faults {
  /** Refuses whole requests before anything is done. */
  request: ((request: RequestInfo) => RequestFault | undefined) | undefined
  /** Refuses one item of a request; what it answers is the item's `ResponseCode`. */
  item: ((item: ItemInfo) => ItemFault | undefined) | undefined
  /** Mailboxes and archives (GUID) that can't be opened at present, and what is said of them. */
  readonly mailboxes: Map<string, MailboxFault>
  /** Mailboxes (GUID) outside the scope of the impersonating accounts' role assignment. */
  readonly impersonationDenied: Set<string>
  /** How many of an answer's response messages are left out at its end, though everything was done. */
  dropAnswers: ((request: RequestInfo) => number) | undefined
  /** Classes of folders that aren't made here, as a policy has it. */
  readonly folderClasses: Set<string>
  /** Operations that the server hasn't got or keeps from everybody, and the fault that says so. */
  readonly withheld: Map<string, 'ErrorInvalidOperation' | 'ErrorSchemaValidation' | 'ErrorAccessDenied'>
  /** What is said of a schema version newer than the server: that it is no version for it, or no value that its own schema has. */
  newerVersion: 'ErrorInvalidServerVersion' | 'ErrorSchemaValidation'
}

/** What is known of a request when it has been read and its caller and mailbox are known. */
export interface RequestInfo {
  /** E.g. `GetItem`. */
  readonly operation: string
  /** Item, folder or attachment ids, or items, that it carries. */
  readonly count: number
  /** Bytes of the request. */
  readonly size: number
  /** `objectGuid` of who signed in. */
  readonly caller: string
  /** `objectGuid` of who is impersonated, else of who signed in: whose throttling budget it is. */
  readonly actingAs: string
}

export type RequestFault =
  /** `fault`: a SOAP fault in HTTP 500; `message`: an error of each response message in HTTP 200; `inner`: the same as `ErrorInternalServerError`. */
  | { readonly code: 'ErrorServerBusy'; readonly backOffMilliseconds: number; readonly as: 'fault' | 'message' | 'inner' }
  | {
      readonly code:
        | 'ErrorTimeoutExpired'
        | 'ErrorInternalServerError'
        | 'ErrorInternalServerTransientError'
        | 'ErrorConnectionFailed'
        | 'ErrorExceededConnectionCount'
      readonly as: 'fault' | 'message'
    }

export interface ItemInfo {
  readonly operation: string
  readonly mailboxGuid: string
  /** Its subject (PidTagSubject). */
  readonly subject: string
  readonly itemClass: string
  /** For the order of a request's items, from 0. */
  readonly index: number
}

export type ItemFault =
  | 'ErrorAccessDenied'
  | 'ErrorItemCorrupt'
  | 'ErrorMimeContentConversionFailed'
  | 'ErrorMimeContentInvalid'
  | 'ErrorContentConversionFailed'
  | 'ErrorItemNotFound'
  | 'ErrorInternalServerError'
  | 'ErrorServerBusy'
  | 'ErrorTimeoutExpired'
  | 'ErrorMessageSizeExceeded'
  | 'ErrorBatchProcessingStopped'

export type MailboxFault =
  | 'ErrorMailboxMoveInProgress'
  | 'ErrorMailboxStoreUnavailable'
  | 'ErrorWrongServerVersion'
  | 'ErrorMailboxFailover'
  | 'ErrorProxyRequestNotAllowed'
  /** Of an archive that is in the cloud, while its mailbox is on-premises. */
  | 'ErrorGetRemoteArchiveFolderFailed'

export const noFaults = (): Faults => ({
  request: undefined,
  item: undefined,
  mailboxes: new Map(),
  impersonationDenied: new Set(),
  dropAnswers: undefined,
  folderClasses: new Set(),
  withheld: new Map(),
  newerVersion: 'ErrorInvalidServerVersion',
})
