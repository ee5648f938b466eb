import { literal } from '../../../domain/powershell/literal.ts'

/** Lines for Exchange Online PowerShell that show what Graph doesn't tell of a mailbox. They change nothing. */
export function look(address: string) {
  const who = literal(address)
  return {
    recipient: `Get-Recipient ${who} | Format-List RecipientTypeDetails, ExchangeGuid, WhenSoftDeleted`,
    guid: `Get-MailUser ${who} | Format-List ExchangeGuid, RecipientTypeDetails, ExternalEmailAddress`,
    hold: `Get-Mailbox ${who} | Format-List LitigationHoldEnabled, InPlaceHolds, ComplianceTagHoldApplied, DelayHoldApplied`,
    retention: `Get-Mailbox ${who} | Format-List RetentionPolicy, RetentionHoldEnabled, ElcProcessingDisabled`,
    archive: `Get-MailboxStatistics ${who} -Archive | Format-List ItemCount, TotalItemSize`,
    recoverable: `Get-MailboxFolderStatistics ${who} -FolderScope RecoverableItems | Format-Table Name, ItemsInFolder, FolderSize`,
    forwarding: `Get-Mailbox ${who} | Format-List ForwardingAddress, ForwardingSmtpAddress, DeliverToMailboxAndForward`,
    rules: `Get-InboxRule -Mailbox ${who} | Format-Table Name, Enabled, ForwardTo, RedirectTo, ForwardAsAttachmentTo`,
    permissions: `Get-MailboxPermission ${who} | Format-Table User, AccessRights; Get-RecipientPermission ${who} | Format-Table Trustee, AccessRights`,
    sizes: `Get-Mailbox ${who} | Format-List MaxReceiveSize, ProhibitSendReceiveQuota; Get-MailboxStatistics ${who} | Format-List TotalItemSize`,
  } as const
}
