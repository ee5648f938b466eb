import type { ExchangeSettings } from '../../../domain/connection.ts'
import { literal } from '../../../domain/powershell/literal.ts'

/** Lines for the Exchange Management Shell that an administrator can paste. */

export const grantAccess = ({ user, access }: Pick<ExchangeSettings['admin'], 'user' | 'access'>, mailbox: string): string =>
  access === 'impersonation'
    ? `New-ManagementRoleAssignment -Role ApplicationImpersonation -User ${literal(user)}`
    : `Add-MailboxPermission ${literal(mailbox)} -User ${literal(user)} -AccessRights FullAccess -AutoMapping $false`

/** Lets a mailbox take an item of so many bytes, with what base64 adds to its attachments. */
export const takeLarger = (mailbox: string, bytes: number): string =>
  `Set-Mailbox ${literal(mailbox)} -MaxReceiveSize ${Math.ceil((bytes * 1.4) / (1 << 20))}MB`

export const listMailboxes =
  'Get-Mailbox -ResultSize Unlimited | Select-Object PrimarySmtpAddress,DisplayName,ExchangeGuid,LegacyExchangeDN | Export-Csv mailboxes.csv -NoTypeInformation -Encoding UTF8'

export const liftThrottling = (user: string): string =>
  `New-ThrottlingPolicy Mailferry -EwsMaxConcurrency Unlimited -EwsMaxBurst Unlimited -EwsRechargeRate Unlimited -EwsCutoffBalance Unlimited; Set-ThrottlingPolicyAssociation ${literal(user)} -ThrottlingPolicy Mailferry`
