/**
 * What Exchange refuses with: a `ResponseCode` of the schema and a text for people. Thrown while one item of a request is worked on, it becomes that
 * item's response message; thrown before, every item's.
 */
export class EwsError extends Error {
  readonly code: string
  /** `t:MessageXml`'s values by name, such as `BackOffMilliseconds`. */
  readonly values: Readonly<Record<string, string>>

  constructor(code: string, text?: string, values: Readonly<Record<string, string>> = {}) {
    super(text ?? texts[code] ?? 'An internal server error occurred. The operation failed.')
    this.name = 'EwsError'
    this.code = code
    this.values = values
  }
}

/** An error of the whole request: answered as a SOAP fault. */
export class EwsFault extends EwsError {
  constructor(code: string, text?: string, values?: Readonly<Record<string, string>>) {
    super(code, text, values)
    this.name = 'EwsFault'
  }
}

/** As Exchange words them. */
const texts: Readonly<Record<string, string>> = {
  ErrorAccessDenied: 'Access is denied. Check credentials and try again.',
  ErrorBatchProcessingStopped: 'Batch processing was stopped.',
  ErrorCannotDeleteObject: 'The object cannot be deleted.',
  ErrorCannotUseFolderIdForItemId: 'Id is a FolderId, not an ItemId.',
  ErrorCannotUseItemIdForFolderId: 'Id is an ItemId, not a FolderId.',
  ErrorChangeKeyRequired: 'A change key is required for this operation.',
  ErrorChangeKeyRequiredForWriteOperations: 'Change key is required for this operation.',
  ErrorConnectionFailed: 'Connection failed. Try later.',
  ErrorContentConversionFailed: 'Content conversion failed.',
  ErrorCorruptData: 'Stored data is corrupt.',
  ErrorDeleteDistinguishedFolder: 'Distinguished folders cannot be deleted.',
  ErrorExceededConnectionCount:
    'You have exceeded the available concurrent connections for your account. Try again once your other requests have completed.',
  ErrorExceededFindCountLimit:
    'You have exceeded the maximum number of objects that can be returned for the find operation. Use paging to reduce the result size and try your request again.',
  ErrorFolderExists: 'A folder with the specified name already exists.',
  ErrorFolderNotFound: 'The specified folder could not be found in the store.',
  ErrorFolderSave: 'The folder save operation failed due to invalid property values.',
  ErrorGetRemoteArchiveFolderFailed: 'The remote archive folder could not be retrieved.',
  ErrorImpersonateUserDenied: 'The account does not have permission to impersonate the requested user.',
  ErrorIncorrectSchemaVersion: 'The schema version is incorrect.',
  ErrorIncorrectUpdatePropertyCount: 'An object within a change description must contain one and only one property to modify.',
  ErrorInternalServerError: 'An internal server error occurred. The operation failed.',
  ErrorInternalServerTransientError: 'An internal server error occurred. Try again later.',
  ErrorInvalidChangeKey: 'The change key is invalid.',
  ErrorInvalidFolderTypeForOperation: 'The folder type is invalid for this operation.',
  ErrorInvalidIdEmpty: 'The Id is empty.',
  ErrorInvalidIdMalformed: 'Id is malformed.',
  ErrorInvalidOperation: 'The operation is invalid.',
  ErrorInvalidPropertyDelete: 'Property is not valid for this object type, or cannot be deleted.',
  ErrorInvalidPropertyRequest: 'Property is not valid for this object type.',
  ErrorInvalidPropertySet: 'Set action is invalid for property.',
  ErrorInvalidRequest: 'The request is invalid.',
  ErrorInvalidServerVersion: 'The specified server version is invalid.',
  ErrorInvalidSyncStateData: 'Synchronization state data is corrupt or otherwise invalid.',
  ErrorInvalidUserPrincipalName: 'The user principal name (UPN) that was provided is not valid.',
  ErrorInvalidUserSid: 'The user SID is invalid or does not map to any user in the Active Directory.',
  ErrorIrresolvableConflict:
    'The send or update operation could not be performed because the change key passed in the request does not match the current change key for the item.',
  ErrorItemCorrupt: 'Item corruption detected.',
  ErrorItemNotFound: 'The specified object was not found in the store.',
  ErrorItemSave: 'An error occurred while saving the item.',
  ErrorMailboxFailover: 'The mailbox database is temporarily unavailable.',
  ErrorMailboxMoveInProgress: 'Mailbox move in progress. Try again later.',
  ErrorMailboxStoreUnavailable: 'The mailbox database is temporarily unavailable.',
  ErrorMessageSizeExceeded: 'The message exceeds the maximum supported size.',
  ErrorMimeContentConversionFailed: 'MIME content conversion failed.',
  ErrorMimeContentInvalid: 'The MIME content is invalid.',
  ErrorMissingEmailAddress:
    'When making a request as an account that does not have a mailbox, you must specify the mailbox primary SMTP address for any distinguished folder Ids.',
  ErrorMissingInformationEmailAddress: 'One or more required properties are missing: the e-mail address.',
  ErrorMissingRecipients: 'The message has no recipients. It must be have at least one recipient.',
  ErrorMoveCopyFailed: 'One or more items could not be moved or copied.',
  ErrorMoveDistinguishedFolder: 'Distinguished folders cannot be moved.',
  ErrorNameResolutionMultipleResults: 'Multiple results were found.',
  ErrorNameResolutionNoMailbox: 'No mailbox was found for the name.',
  ErrorNameResolutionNoResults: 'No results were found.',
  ErrorNonExistentMailbox: 'The SMTP address has no mailbox associated with it.',
  ErrorNonPrimarySmtpAddress: 'The request was made with an SMTP address that is not the primary SMTP address of the mailbox.',
  ErrorProxyRequestNotAllowed: 'The request could not be proxied to the appropriate server.',
  ErrorQuotaExceeded: 'The mailbox quota has been exceeded.',
  ErrorSavedItemFolderNotFound: 'The save folder could not be found in the store.',
  ErrorSendAsDenied:
    'The user account which was used to submit this request does not have the right to send mail on behalf of the specified sending account.',
  ErrorSendMeetingCancellationsRequired: 'SendMeetingCancellations attribute is required for Calendar items.',
  ErrorSendMeetingInvitationsOrCancellationsRequired: 'SendMeetingInvitationsOrCancellations attribute is required for calendar items.',
  ErrorSendMeetingInvitationsRequired: 'SendMeetingInvitations attribute is required for calendar items.',
  ErrorServerBusy: 'The server cannot service this request right now. Try again later.',
  ErrorTimeoutExpired: 'The request timed out.',
  ErrorToFolderNotFound: 'The specified target folder could not be found.',
  ErrorUnsupportedPathForQuery: 'The property can not be used with this type of restriction.',
  ErrorUnsupportedPathForSortGroup: 'The property can not be used for sorting or grouping.',
  ErrorUpdatePropertyMismatch: 'The object in the change description does not match the property path.',
  ErrorUserNotAllowedByPolicy: 'The user is not allowed by policy.',
  ErrorWrongServerVersion: 'The mailbox is on a server of another version.',
}
