/** Ids, shapes, paths, views and restrictions: what requests have in common. */
export const shared = `
  DefaultShapeNames := IdOnly Default AllProperties PcxPeopleSearch
  BodyTypeResponse := Best HTML Text
  BodyTypeName := HTML Text
  MailboxTypeName := Unknown OneOff Mailbox PublicDL PrivateDL Contact PublicFolder GroupMailbox
  SortDirection := Ascending Descending
  IndexBasePoint := Beginning End
  ContainmentMode := FullString Prefixed Substring PrefixOnWords ExactPhrase
  ContainmentComparison := Exact IgnoreCase IgnoreNonSpacingCharacters Loose IgnoreCaseAndNonSpacingCharacters LooseAndIgnoreCase LooseAndIgnoreNonSpace LooseAndIgnoreCaseAndIgnoreNonSpace
  PropertySet := Meeting Appointment Common PublicStrings Address InternetHeaders CalendarAssistant UnifiedMessaging Task Sharing
  MapiType := ApplicationTime ApplicationTimeArray Binary BinaryArray Boolean CLSID CLSIDArray Currency CurrencyArray Double DoubleArray Error Float FloatArray Integer IntegerArray Long LongArray Null Object ObjectArray Short ShortArray SystemTime SystemTimeArray String StringArray
  DictionaryURI := item:InternetMessageHeader contacts:ImAddress contacts:PhysicalAddress:Street contacts:PhysicalAddress:City contacts:PhysicalAddress:State contacts:PhysicalAddress:CountryOrRegion contacts:PhysicalAddress:PostalCode contacts:PhoneNumber contacts:EmailAddress distributionlist:Members:Member

  ItemId = @Id!:string @ChangeKey:string
  ItemIds = [ItemId:ItemId|OccurrenceItemId:OccurrenceItemId|RecurringMasterItemId:RecurringMasterItemId]+
  ItemIdsOnly = ItemId+:ItemId
  IgnoredItemIds = ItemId*:ItemId
  OccurrenceItemId = @RecurringMasterId!:string @ChangeKey:string @InstanceIndex!:int
  RecurringMasterItemId = @OccurrenceId!:string @ChangeKey:string
  AttachmentId = @Id!:string @RootItemId:string @RootItemChangeKey:string
  AttachmentIds = AttachmentId+:AttachmentId
  EmailAddress = Name?:string EmailAddress?:NonEmptyString RoutingType?:NonEmptyString MailboxType?:MailboxTypeName ItemId?:ItemId OriginalDisplayName?:string
  FolderId = @Id!:string @ChangeKey:string
  DistinguishedFolderId = Mailbox?:EmailAddress @Id!:DistinguishedFolderName @ChangeKey:string
  FolderIds = [FolderId:FolderId|DistinguishedFolderId:DistinguishedFolderId]+
  AddressListId = @Id!:string
  TargetFolderId = [FolderId:FolderId|DistinguishedFolderId:DistinguishedFolderId|AddressListId:AddressListId]

  FieldURI = @FieldURI!:FieldURI
  IndexedFieldURI = @FieldURI!:DictionaryURI @FieldIndex!:string
  ExtendedFieldURI = @DistinguishedPropertySetId:PropertySet @PropertySetId:guid @PropertyTag:PropertyTag @PropertyName:string @PropertyId:int @PropertyType!:MapiType
  Paths = [FieldURI:FieldURI|IndexedFieldURI:IndexedFieldURI|ExtendedFieldURI:ExtendedFieldURI]+
  FolderShape = BaseShape:DefaultShapeNames AdditionalProperties?:Paths
  ItemShape = BaseShape:DefaultShapeNames IncludeMimeContent?:boolean BodyType?:BodyTypeResponse UniqueBodyType?:BodyTypeResponse{2010} NormalizedBodyType?:BodyTypeResponse{2013} FilterHtmlContent?:boolean{2010} ConvertHtmlCodePageToUTF8?:boolean{2010} InlineImageUrlTemplate?:string{2013} BlockExternalImages?:boolean{2013} AddBlankTargetToLinks?:boolean{2013} MaximumBodySize?:int{2013} AdditionalProperties?:Paths
  PersonaShape = BaseShape:DefaultShapeNames AdditionalProperties?:Paths
  AttachmentShape = IncludeMimeContent?:boolean BodyType?:BodyTypeResponse FilterHtmlContent?:boolean AdditionalProperties?:Paths

  IndexedPageView = @MaxEntriesReturned:int @Offset!:int @BasePoint!:IndexBasePoint
  FractionalPageView = @MaxEntriesReturned:int @Numerator!:int @Denominator!:int
  CalendarView = @MaxEntriesReturned:int @StartDate!:dateTime @EndDate!:dateTime
  ContactsView = @MaxEntriesReturned:int @InitialName:string @FinalName:string
  SortOrder = FieldOrder+:FieldOrder
  FieldOrder = [FieldURI:FieldURI|IndexedFieldURI:IndexedFieldURI|ExtendedFieldURI:ExtendedFieldURI] @Order!:SortDirection
  Restriction = [Contains:Contains|Excludes:Excludes|Exists:Exists|IsEqualTo:Comparison|IsNotEqualTo:Comparison|IsGreaterThan:Comparison|IsGreaterThanOrEqualTo:Comparison|IsLessThan:Comparison|IsLessThanOrEqualTo:Comparison|And:Combination|Not:Restriction|Or:Combination]
  Combination = [Contains:Contains|Excludes:Excludes|Exists:Exists|IsEqualTo:Comparison|IsNotEqualTo:Comparison|IsGreaterThan:Comparison|IsGreaterThanOrEqualTo:Comparison|IsLessThan:Comparison|IsLessThanOrEqualTo:Comparison|And:Combination|Not:Restriction|Or:Combination]+
  Exists = [FieldURI:FieldURI|IndexedFieldURI:IndexedFieldURI|ExtendedFieldURI:ExtendedFieldURI]
  Comparison = [FieldURI:FieldURI|IndexedFieldURI:IndexedFieldURI|ExtendedFieldURI:ExtendedFieldURI] FieldURIOrConstant:FieldOrConstant
  FieldOrConstant = [FieldURI:FieldURI|IndexedFieldURI:IndexedFieldURI|ExtendedFieldURI:ExtendedFieldURI|Constant:Constant]
  Constant = @Value!:string
  Contains = [FieldURI:FieldURI|IndexedFieldURI:IndexedFieldURI|ExtendedFieldURI:ExtendedFieldURI] Constant:Constant @ContainmentMode:ContainmentMode @ContainmentComparison:ContainmentComparison
  Excludes = [FieldURI:FieldURI|IndexedFieldURI:IndexedFieldURI|ExtendedFieldURI:ExtendedFieldURI] Bitmask:Bitmask
  Bitmask = @Value!:string

  ExtendedProperty = ExtendedFieldURI:ExtendedFieldURI [Value:string|Values:PropertyValues]
  PropertyValues = Value+:string
  Strings = String*:string
`
