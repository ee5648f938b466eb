/** Folders, in requests and (their order) in answers. */
export const folders = `
  DistinguishedFolderName := calendar contacts deleteditems drafts inbox journal notes outbox sentitems tasks msgfolderroot publicfoldersroot root junkemail searchfolders voicemail recoverableitemsroot recoverableitemsdeletions recoverableitemsversions recoverableitemspurges recoverableitemsdiscoveryholds archiveroot archivemsgfolderroot archivedeleteditems archiveinbox archiverecoverableitemsroot archiverecoverableitemsdeletions archiverecoverableitemsversions archiverecoverableitemspurges archiverecoverableitemsdiscoveryholds syncissues conflicts localfailures serverfailures recipientcache quickcontacts conversationhistory adminauditlogs todosearch mycontacts directory imcontactlist peopleconnect favorites
  BaseFolder = FolderId?:FolderId ParentFolderId?:FolderId FolderClass?:string DisplayName?:string TotalCount?:int ChildFolderCount?:int ExtendedProperty*:ExtendedProperty ManagedFolderInformation?:any EffectiveRights?:any DistinguishedFolderId?:DistinguishedFolderName{2013} PolicyTag?:any{2013} ArchiveTag?:any{2013} ReplicaList?:Strings{2013_SP1}
  Folder = <BaseFolder PermissionSet?:any UnreadCount?:int
  CalendarFolder = <BaseFolder SharingEffectiveRights?:string PermissionSet?:any
  ContactsFolder = <BaseFolder SharingEffectiveRights?:string PermissionSet?:any SourceId?:string AccountName?:string
  TasksFolder = <Folder
  SearchFolder = <Folder SearchParameters?:any
  Folders = [Folder:Folder|CalendarFolder:CalendarFolder|ContactsFolder:ContactsFolder|SearchFolder:SearchFolder|TasksFolder:TasksFolder]+
  FolderChanges = FolderChange+:FolderChange
  FolderChange = [FolderId:FolderId|DistinguishedFolderId:DistinguishedFolderId] Updates:FolderUpdates
  FolderUpdates = [AppendToFolderField:SetFolderField|SetFolderField:SetFolderField|DeleteFolderField:DeleteField]+
  SetFolderField = [FieldURI:FieldURI|IndexedFieldURI:IndexedFieldURI|ExtendedFieldURI:ExtendedFieldURI] [Folder:Folder|CalendarFolder:CalendarFolder|ContactsFolder:ContactsFolder|SearchFolder:SearchFolder|TasksFolder:TasksFolder]
  DeleteField = [FieldURI:FieldURI|IndexedFieldURI:IndexedFieldURI|ExtendedFieldURI:ExtendedFieldURI]
`
