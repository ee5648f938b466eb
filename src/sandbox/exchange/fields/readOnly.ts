/** Elements that only the server writes: setting one is `ErrorInvalidPropertySet`. */
export const readOnly: ReadonlySet<string> = new Set(
  `MimeContent Attachments ItemId ParentFolderId DateTimeReceived DateTimeSent DateTimeCreated Size IsSubmitted IsDraft IsFromMe IsResend IsUnmodified InternetMessageHeaders
  ResponseObjects ReminderNextTime DisplayTo DisplayCc DisplayBcc HasAttachments EffectiveRights LastModifiedName LastModifiedTime IsAssociated
  WebClientReadFormQueryString WebClientEditFormQueryString ConversationId UniqueBody NormalizedBody TextBody StoreEntryId InstanceKey Preview SearchKey
  ReceivedBy ReceivedRepresenting PostedTime ConversationTopic ConversationIndex IconIndex
  When IsMeeting IsCancelled IsRecurring MeetingRequestWasSent CalendarItemType MyResponseType Organizer OriginalStart DateTimeStamp Duration TimeZone
  AppointmentReplyTime AppointmentSequenceNumber AppointmentState RecurrenceId ModifiedOccurrences DeletedOccurrences
  AssociatedCalendarItemId IsDelegated IsOutOfDate HasBeenProcessed ResponseType MeetingRequestType IntendedFreeBusyStatus
  AssignedTime ChangeCount DelegationState Delegator IsAssignmentEditable IsComplete IsTeamTask StatusDescription
  CompleteName HasPicture ContactSource Alias Notes`.split(/\s+/),
)
