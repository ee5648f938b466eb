import type { ExchangeSettings } from '../../../domain/connection.ts'

/** Lines for the Exchange Management Shell that an administrator can paste. */

/** Single quotes hold everything but themselves. */
const literal = (text: string): string => `'${text.replaceAll("'", "''")}'`

export const grantAccess = ({ user, access }: Pick<ExchangeSettings['admin'], 'user' | 'access'>, mailbox: string): string =>
  access === 'impersonation'
    ? `New-ManagementRoleAssignment -Role ApplicationImpersonation -User ${literal(user)}`
    : `Add-MailboxPermission ${literal(mailbox)} -User ${literal(user)} -AccessRights FullAccess -AutoMapping $false`

export const listMailboxes =
  'Get-Mailbox -ResultSize Unlimited | Select-Object PrimarySmtpAddress,DisplayName,ExchangeGuid,LegacyExchangeDN | Export-Csv mailboxes.csv -NoTypeInformation -Encoding UTF8'

export const liftThrottling = (user: string): string =>
  `New-ThrottlingPolicy Mailferry -EwsMaxConcurrency Unlimited -EwsMaxBurst Unlimited -EwsRechargeRate Unlimited -EwsCutoffBalance Unlimited; Set-ThrottlingPolicyAssociation ${literal(user)} -ThrottlingPolicy Mailferry`
