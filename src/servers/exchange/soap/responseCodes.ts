/** What a response code asks of the client; everything else is a refusal. */
export type Meaning =
  /** Wait as long as told; nothing was done. */
  | 'busy'
  /** Fewer requests at once; nothing was done. */
  | 'tooManyConnections'
  /** The request took too long: ask for less. */
  | 'timeout'
  /** Passes by itself. */
  | 'transient'
  /** Not tried, because something before it failed. */
  | 'notTried'
  | 'itemGone'
  | 'folderGone'
  | 'syncStateLost'
  | 'conflict'
  | 'mailboxFull'
  | 'itemTooLarge'
  | 'requestTooLarge'
  | 'itemBroken'
  | 'actAsDenied'
  | 'noMailbox'
  /** Another server of the organisation has the mailbox, and this one doesn't pass requests on to it. */
  | 'otherServer'
  | 'passwordExpired'
  | 'accountDisabled'
  | 'noOperation'

/** The response codes of Exchange 2007 to 2019 that mean more than "no" (schema: `ResponseCodeType`). */
const codes: Readonly<Record<Meaning, string>> = {
  busy: 'ErrorServerBusy ErrorTooManyObjectsOpened',
  tooManyConnections: 'ErrorExceededConnectionCount',
  timeout: 'ErrorTimeoutExpired',
  transient: [
    'ErrorADUnavailable ErrorADOperation ErrorConnectionFailed ErrorDataSourceOperation ErrorInsufficientResources ErrorInternalServerError',
    'ErrorInternalServerTransientError ErrorMailboxFailover ErrorMailboxLogonFailed ErrorMailboxMoveInProgress ErrorMailboxStoreUnavailable',
    'ErrorNoRespondingCASInDestinationSite ErrorNotEnoughMemory ErrorProxyCallFailed ErrorProxyRequestProcessingFailed ErrorProxyTokenExpired',
    'ErrorRequestAborted ErrorClientDisconnected ErrorMailboxConfiguration',
  ].join(' '),
  notTried: 'ErrorBatchProcessingStopped',
  itemGone: 'ErrorItemNotFound',
  folderGone: 'ErrorFolderNotFound ErrorSyncFolderNotFound ErrorParentFolderNotFound ErrorToFolderNotFound ErrorSavedItemFolderNotFound',
  syncStateLost: 'ErrorInvalidSyncStateData',
  conflict: 'ErrorIrresolvableConflict ErrorStaleObject ErrorInvalidChangeKey ErrorChangeKeyRequiredForWriteOperations',
  mailboxFull: 'ErrorQuotaExceeded ErrorMessagePerFolderCountReceiveQuotaExceeded',
  itemTooLarge: 'ErrorMessageSizeExceeded ErrorAttachmentSizeLimitExceeded ErrorDataSizeLimitExceeded',
  requestTooLarge: 'ErrorRequestStreamTooBig',
  itemBroken: [
    'ErrorItemCorrupt ErrorCorruptData ErrorContentConversionFailed ErrorMimeContentConversionFailed ErrorMimeContentInvalid',
    'ErrorMimeContentInvalidBase64String ErrorUnsupportedMimeConversion ErrorUnsupportedTypeForConversion ErrorPropertyValidationFailure',
    'ErrorItemPropertyRequestFailed ErrorVirusDetected ErrorVirusMessageDeleted ErrorAttachmentNestLevelLimitExceeded',
  ].join(' '),
  actAsDenied: [
    'ErrorImpersonateUserDenied ErrorImpersonationDenied ErrorImpersonationFailed ErrorAccessDenied ErrorCreateItemAccessDenied',
    'ErrorCreateSubfolderAccessDenied',
  ].join(' '),
  noMailbox: [
    'ErrorNonExistentMailbox ErrorMissingEmailAddress ErrorCannotFindUser ErrorInvalidSmtpAddress ErrorNonPrimarySmtpAddress',
    'ErrorMissingExchangePrincipal ErrorInvalidUserPrincipalName',
  ].join(' '),
  otherServer:
    'ErrorWrongServerVersion ErrorWrongServerVersionDelegate ErrorProxyRequestNotAllowed ErrorCrossSiteRequest ErrorProxyServiceDiscoveryFailed',
  passwordExpired: 'ErrorPasswordExpired ErrorPasswordChangeRequired',
  accountDisabled: 'ErrorAccountDisabled',
  noOperation: 'ErrorInvalidRequest ErrorInvalidOperation ErrorSchemaValidation ErrorIncorrectSchemaVersion ErrorInvalidServerVersion',
}

const isMeaning = (name: string): name is Meaning => Object.hasOwn(codes, name)

const meanings: ReadonlyMap<string, Meaning> = new Map(
  Object.entries(codes).flatMap(([name, list]) => (isMeaning(name) ? list.split(' ').map(code => [code, name] as const) : [])),
)

/** Nothing where the code is unknown or only says no. */
export const meaningOf = (code: string): Meaning | undefined => meanings.get(code)

/** All codes that mean something. */
export const meaningfulCodes: readonly string[] = [...meanings.keys()]
