/** Items, in requests and (their order) in answers. What this server keeps as it is given has the type `any`. */
export const items = `
  ImportanceChoices := Low Normal High
  SensitivityChoices := Normal Personal Private Confidential
  FlagStatus := NotFlagged Flagged Complete
  FreeBusy := Free Tentative Busy OOF WorkingElsewhere NoData
  TaskStatus := NotStarted InProgress Completed WaitingOnOthers Deferred
  CalendarItemKind := Single Occurrence Exception RecurringMaster
  ResponseKind := Unknown Organizer Tentative Accept Decline NoResponseReceived
  MeetingRequestKind := None FullUpdate InformationalUpdate NewMeetingRequest Outdated SilentUpdate PrincipalWantsCopy
  EmailAddressKey := EmailAddress1 EmailAddress2 EmailAddress3
  PhoneNumberKey := AssistantPhone BusinessFax BusinessPhone BusinessPhone2 Callback CarPhone CompanyMainPhone HomeFax HomePhone HomePhone2 Isdn MobilePhone OtherFax OtherTelephone Pager PrimaryPhone RadioPhone Telex TtyTddPhone BusinessMobile IPPhone Mms Msn
  PhysicalAddressKey := Home Business Other
  ImAddressKey := ImAddress1 ImAddress2 ImAddress3

  MimeContent = "base64 @CharacterSet:string
  Body = "string @BodyType!:BodyTypeName @IsTruncated:boolean
  Flag = FlagStatus:FlagStatus StartDate?:dateTime DueDate?:dateTime CompleteDate?:dateTime
  SingleRecipient = Mailbox:EmailAddress
  Recipients = Mailbox*:EmailAddress
  Attendees = Attendee+:Attendee
  Attendee = Mailbox:EmailAddress ResponseType?:ResponseKind LastResponseTime?:dateTime ProposedStart?:dateTime ProposedEnd?:dateTime
  InternetHeaders = InternetMessageHeader+:InternetHeader
  InternetHeader = "string @HeaderName!:string
  NewAttachments = [ItemAttachment:ItemAttachment|FileAttachment:FileAttachment]+
  FileAttachment = AttachmentId?:AttachmentId Name?:string ContentType?:string ContentId?:string ContentLocation?:string Size?:int{2010} LastModifiedTime?:dateTime{2010} IsInline?:boolean{2010} IsContactPhoto?:boolean{2010} Content?:base64
  ItemAttachment = AttachmentId?:AttachmentId Name?:string ContentType?:string ContentId?:string ContentLocation?:string Size?:int{2010} LastModifiedTime?:dateTime{2010} IsInline?:boolean{2010} [Item:any|Message:any|CalendarItem:any|Contact:any|Task:any|PostItem:any]?

  Item = MimeContent?:MimeContent ItemId?:ItemId ParentFolderId?:FolderId ItemClass?:string Subject?:string Sensitivity?:SensitivityChoices Body?:Body Attachments?:NewAttachments DateTimeReceived?:dateTime Size?:int Categories?:Strings Importance?:ImportanceChoices InReplyTo?:string IsSubmitted?:boolean IsDraft?:boolean IsFromMe?:boolean IsResend?:boolean IsUnmodified?:boolean InternetMessageHeaders?:InternetHeaders DateTimeSent?:dateTime DateTimeCreated?:dateTime ResponseObjects?:any ReminderDueBy?:dateTime ReminderIsSet?:boolean ReminderNextTime?:dateTime{2013} ReminderMinutesBeforeStart?:string DisplayCc?:string DisplayTo?:string DisplayBcc?:string{2013} HasAttachments?:boolean ExtendedProperty*:ExtendedProperty Culture?:string EffectiveRights?:any LastModifiedName?:string LastModifiedTime?:dateTime IsAssociated?:boolean{2010} WebClientReadFormQueryString?:string{2010} WebClientEditFormQueryString?:string{2010} ConversationId?:ItemId{2010} UniqueBody?:Body{2010} Flag?:Flag{2013} StoreEntryId?:base64{2010_SP2} InstanceKey?:base64{2013} NormalizedBody?:Body{2013} EntityExtractionResult?:any{2013} PolicyTag?:any{2013} ArchiveTag?:any{2013} RetentionDate?:dateTime{2013} Preview?:string{2013} TextBody?:Body{2013} IconIndex?:string{2013} SearchKey?:base64{2016}
  Message = <Item Sender?:SingleRecipient ToRecipients?:Recipients CcRecipients?:Recipients BccRecipients?:Recipients IsReadReceiptRequested?:boolean IsDeliveryReceiptRequested?:boolean ConversationIndex?:base64 ConversationTopic?:string From?:SingleRecipient InternetMessageId?:string IsRead?:boolean IsResponseRequested?:boolean References?:string ReplyTo?:Recipients ReceivedBy?:SingleRecipient ReceivedRepresenting?:SingleRecipient
  MeetingMessage = <Message AssociatedCalendarItemId?:ItemId IsDelegated?:boolean IsOutOfDate?:boolean HasBeenProcessed?:boolean ResponseType?:ResponseKind UID?:string RecurrenceId?:dateTime DateTimeStamp?:dateTime
  MeetingRequest = <MeetingMessage MeetingRequestType?:MeetingRequestKind IntendedFreeBusyStatus?:FreeBusy Start?:dateTime End?:dateTime IsAllDayEvent?:boolean LegacyFreeBusyStatus?:FreeBusy Location?:string
  MeetingResponse = <MeetingMessage Start?:dateTime{2013} End?:dateTime{2013} Location?:string{2013}
  MeetingCancellation = <MeetingMessage Start?:dateTime{2013} End?:dateTime{2013} Location?:string{2013}
  CalendarItem = <Item UID?:string RecurrenceId?:dateTime DateTimeStamp?:dateTime Start?:dateTime End?:dateTime OriginalStart?:dateTime IsAllDayEvent?:boolean LegacyFreeBusyStatus?:FreeBusy Location?:string When?:string IsMeeting?:boolean IsCancelled?:boolean IsRecurring?:boolean MeetingRequestWasSent?:boolean IsResponseRequested?:boolean CalendarItemType?:CalendarItemKind MyResponseType?:ResponseKind Organizer?:SingleRecipient RequiredAttendees?:Attendees OptionalAttendees?:Attendees Resources?:Attendees Duration?:string TimeZone?:string AppointmentReplyTime?:dateTime AppointmentSequenceNumber?:int AppointmentState?:int Recurrence?:any ModifiedOccurrences?:any DeletedOccurrences?:any MeetingTimeZone?:any StartTimeZone?:any{2010} EndTimeZone?:any{2010} ConferenceType?:int AllowNewTimeProposal?:boolean IsOnlineMeeting?:boolean MeetingWorkspaceUrl?:string NetShowUrl?:string
  EmailAddresses = Entry+:EmailAddressEntry
  EmailAddressEntry = "string @Key!:EmailAddressKey @Name:string @RoutingType:string @MailboxType:MailboxTypeName
  PhoneNumbers = Entry+:PhoneNumberEntry
  PhoneNumberEntry = "string @Key!:PhoneNumberKey
  ImAddresses = Entry+:ImAddressEntry
  ImAddressEntry = "string @Key!:ImAddressKey
  PhysicalAddresses = Entry+:PhysicalAddressEntry
  PhysicalAddressEntry = Street?:string City?:string State?:string CountryOrRegion?:string PostalCode?:string @Key!:PhysicalAddressKey
  Contact = <Item FileAs?:string FileAsMapping?:string DisplayName?:string GivenName?:string Initials?:string MiddleName?:string Nickname?:string CompleteName?:any CompanyName?:string EmailAddresses?:EmailAddresses PhysicalAddresses?:PhysicalAddresses PhoneNumbers?:PhoneNumbers AssistantName?:string Birthday?:dateTime BusinessHomePage?:string Children?:Strings Companies?:Strings ContactSource?:string Department?:string Generation?:string ImAddresses?:ImAddresses JobTitle?:string Manager?:string Mileage?:string OfficeLocation?:string PostalAddressIndex?:string Profession?:string SpouseName?:string Surname?:string WeddingAnniversary?:dateTime HasPicture?:boolean{2010} Alias?:string{2010_SP2} Notes?:string{2010_SP2}
  DistributionList = <Item DisplayName?:string FileAs?:string ContactSource?:string Members?:any{2010}
  Task = <Item ActualWork?:int AssignedTime?:dateTime BillingInformation?:string ChangeCount?:int Companies?:Strings CompleteDate?:dateTime Contacts?:Strings DelegationState?:string Delegator?:string DueDate?:dateTime IsAssignmentEditable?:int IsComplete?:boolean IsRecurring?:boolean IsTeamTask?:boolean Mileage?:string Owner?:string PercentComplete?:double Recurrence?:any StartDate?:dateTime Status?:TaskStatus StatusDescription?:string TotalWork?:int
  PostItem = <Item ConversationIndex?:base64 ConversationTopic?:string From?:SingleRecipient InternetMessageId?:string IsRead?:boolean PostedTime?:dateTime References?:string Sender?:SingleRecipient

  SuppressReadReceipt = ReferenceItemId?:ItemId
  NewItems = [Item:Item|Message:Message|CalendarItem:CalendarItem|Contact:Contact|DistributionList:DistributionList|Task:Task|PostItem:PostItem|MeetingRequest:MeetingRequest|MeetingResponse:MeetingResponse|MeetingCancellation:MeetingCancellation|SuppressReadReceipt:SuppressReadReceipt]+
  ItemChanges = ItemChange+:ItemChange
  ItemChange = [ItemId:ItemId|OccurrenceItemId:OccurrenceItemId|RecurringMasterItemId:RecurringMasterItemId] Updates:ItemUpdates
  ItemUpdates = [AppendToItemField:SetItemField|SetItemField:SetItemField|DeleteItemField:DeleteField]+
  SetItemField = [FieldURI:FieldURI|IndexedFieldURI:IndexedFieldURI|ExtendedFieldURI:ExtendedFieldURI] [Item:Item|Message:Message|CalendarItem:CalendarItem|Contact:Contact|DistributionList:DistributionList|Task:Task|PostItem:PostItem|MeetingRequest:MeetingRequest|MeetingResponse:MeetingResponse|MeetingCancellation:MeetingCancellation]
  UploadedItems = Item+:UploadedItem
  UploadedItem = ParentFolderId:FolderId ItemId?:ItemId Data:base64 @CreateAction!:CreateAction @IsAssociated:boolean
`
