import type { SchemaVersion } from '../versions.ts'

const since: Readonly<Partial<Record<SchemaVersion, string>>> = {
  Exchange2007: `
    calendar:ConflictingMeetingCount calendar:AdjacentMeetingCount calendar:ConflictingMeetings calendar:AdjacentMeetings
    calendar:FirstOccurrence calendar:LastOccurrence contacts:Culture`,
  Exchange2010_SP2: `
    contacts:PhoneticFullName contacts:PhoneticFirstName contacts:PhoneticLastName contacts:Photo contacts:UserSMIMECertificate
    contacts:MSExchangeCertificate contacts:DirectoryId contacts:ManagerMailbox contacts:DirectReports`,
  Exchange2013: `
    item:RightsManagementLicenseData item:BlockStatus item:HasBlockedImages item:PredictedActionReasons item:IsClutter
    message:ApprovalRequestData message:VotingInformation message:ReminderMessageData
    meeting:ProposedStart meeting:ProposedEnd meetingRequest:ChangeHighlights
    calendar:StartWallClock calendar:EndWallClock calendar:StartTimeZoneId calendar:EndTimeZoneId calendar:EnhancedLocation
    calendar:InboxReminders calendar:JoinOnlineMeetingUrl calendar:OnlineMeetingSettings calendar:IsOrganizer`,
  Exchange2016: 'item:MimeContentUTF8',
}

/** Properties that may be asked for and that no item here has, with the version they came with: clients name all that they know. */
export const unheldUris: readonly (readonly [uri: string, since: SchemaVersion])[] = Object.entries(since).flatMap(([version, uris]) =>
  uris
    .split(/\s+/)
    .filter(uri => uri !== '')
    .map(uri => [uri, version as SchemaVersion] as const),
)
