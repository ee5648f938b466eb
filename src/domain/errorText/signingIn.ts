import { literal } from '../powershell/literal.ts'
import type { Words } from './words.ts'
import { othersMail, quoted, said } from './words.ts'

const tlsOffload =
  ' If the password is right, a proxy that ends TLS in front of Exchange breaks its Extended Protection: reach Exchange past the proxy, let the proxy use Exchange’s own certificate, or turn it off for EWS with Set-WebServicesVirtualDirectory -Identity "<server>\\EWS (Default Web Site)" -ExtendedProtectionTokenChecking None.'

/** Signing in, and the secrets for it. */
export const signingIn = {
  'signIn.refused': ({ host, user, response, channelBinding = false }) => ({
    message: `${host} refused the sign-in of ${quoted(user)}${said(response)}`,
    next: `Check the user name and give the right password. It is not tried again until then, so that the account doesn’t get locked.${channelBinding ? tlsOffload : ''}`,
  }),
  'signIn.expired': ({ host, user, response }) => ({
    message: `The password or token of ${quoted(user)} on ${host} has expired${said(response)}`,
    next: 'Have the password renewed (or get a new token), give it to Mailferry, then start again.',
  }),
  'signIn.locked': ({ host, user, response }) => ({
    message: `${host} has locked or disabled the account ${quoted(user)}${said(response)}`,
    next: 'Have the account unlocked on the server before starting again; further attempts would keep it locked.',
  }),
  'signIn.methodMissing': ({ host, method, offered }) => ({
    message: `${host} does not offer the sign-in method ${method}; it offers ${offered === '' ? 'none that is known' : offered}.`,
    next: 'Choose a method that the server offers, or have the method enabled there.',
  }),
  'signIn.stopped': ({ connection, user }) => ({
    message: `The stored secret of ${quoted(user)} on the connection ${quoted(connection)} was refused before, so it is not tried again.`,
    next: 'Enter new credentials for the connection (mailferry connection secret), then start again.',
  }),
  'signIn.clock': ({ host, user, response, aheadSeconds }) => ({
    message: `${host} refused the sign-in of ${quoted(user)} because of its time${said(response)}${
      aheadSeconds === undefined
        ? ''
        : ` The clock of this machine is ${Math.abs(aheadSeconds)} seconds ${aheadSeconds > 0 ? 'ahead of' : 'behind'} the server’s.`
    }`,
    next: 'Set the clock of this machine (or let it be kept by NTP), then start again. The secret or certificate is not what is wrong.',
  }),
  'signIn.interaction': ({ host, user, response }) => ({
    message: `${host} wants ${quoted(user)} to sign in again in person${said(response)}`,
    next: 'Have the person sign in again and give the new token; or connect as an application, which no second factor and no device rule stops.',
  }),
  'tenant.notFound': ({ host, tenant, response }) => ({
    message: `${host} knows no tenant ${quoted(tenant)}${said(response)}`,
    next: 'Check the tenant id (Entra admin centre › Overview), and that the connection’s cloud is the tenant’s: global, usGov, usGovDoD or china.',
  }),
  'application.unknown': ({ host, clientId, tenant, response }) => ({
    message: `${host} knows no application ${quoted(clientId)} in the tenant ${quoted(tenant)}${said(response)}`,
    next: 'Check the client id and the tenant; or register the application there: mailferry office365 register-script.',
  }),
  'permission.graph': ({ host, user, reason, mailbox = '', needs, response }) => ({
    message:
      reason === 'policy'
        ? `${host} keeps ${quoted(user)} out of this mailbox by an access policy of the tenant${said(response)}`
        : reason === 'fullAccess'
          ? `${host} lets ${quoted(user)} in, but not into the mailbox ${quoted(mailbox)}${said(response)}`
          : `${host} lets ${quoted(user)} in, but the permission is missing${needs.length === 0 ? '' : `: ${needs.join(' or ')}`}${said(response)}`,
    next:
      reason === 'policy'
        ? 'Put the mailbox into the application’s scope: Test-ServicePrincipalAuthorization shows it, New-ManagementRoleAssignment -CustomResourceScope sets it (RBAC for Applications). It may take up to two hours to work.'
        : reason === 'fullAccess'
          ? `Give this account full access to it, if it hasn’t: Add-MailboxPermission -Identity ${literal(mailbox)} -User ${literal(user)} -AccessRights FullAccess -AutoMapping $false. Have ${othersMail(needs)} consented to as well. Or sign in as an application, which needs no access of its own.`
          : 'Have an administrator grant it and consent to it: mailferry office365 register-script prints how. A consent that was withdrawn has to be given again; then start again.',
  }),
  'permission.actAs': ({ host, admin, mailbox, response, grant }) => ({
    message: `On ${host}, the admin account ${quoted(admin)} may not open the mailbox ${quoted(mailbox)}${said(response)}`,
    next:
      grant === undefined
        ? 'Check that the mailbox exists and that the admin account has the right to act for others (IMAP: master user or SASL proxy authorisation; Exchange: the role ApplicationImpersonation, or full access to the mailbox).'
        : `Grant the right in the Exchange Management Shell, and see that no scope of it leaves this mailbox out: ${grant}`,
  }),
  'ews.closed': ({ host, connection, since, response }) => ({
    message: `${host} doesn’t answer Exchange Web Services for ${quoted(connection)}: since ${since} Exchange Online blocks them wherever nobody asked otherwise, or the application lacks the right full_access_as_app${said(response)}`,
    next: 'Leave "ews" out of the connection to go by Microsoft Graph. Until 1 April 2027 an administrator can allow it: Set-OrganizationConfig -EwsEnabled $true, with the application’s id in EWSAllowedAppIDs; it takes up to a day.',
  }),
  'permission.ews': ({ host, user, response }) => ({
    message: `${host} lets ${quoted(user)} in, but not to Exchange Web Services${said(response)}`,
    next: 'Allow it in the Exchange Management Shell: Set-CASMailbox <user> -EwsEnabled $true; and see what Get-OrganizationConfig | Select-Object Ews* allows (Mailferry’s user agent begins with Mailferry/).',
  }),
  'secret.missing': ({ connection, mailbox }) => ({
    message:
      mailbox === undefined
        ? `There is no secret for the connection ${quoted(connection)}.`
        : `The secrets of the connection ${quoted(connection)} have no row for the mailbox ${quoted(mailbox)}.`,
    next:
      mailbox === undefined
        ? 'Give one: by "secret" in the plan file (file, fd or vault), or with mailferry connection secret.'
        : 'Add the mailbox to the CSV (mailbox,user,password) and give it again.',
  }),
  'secret.source': ({ reference, cause }) => ({
    message: `The secret can't be read from ${reference}${said(cause)}`,
    next: 'Check that the file or file descriptor is there and readable, and holds the secret alone.',
  }),
  'secret.inEditor': ({ connection }) => ({
    message: `The secret of the connection ${quoted(connection)} is kept by VS Code, which gives it to nobody else.`,
    next: 'Run this from VS Code; or give the command line the secret too: mailferry connection secret NAME.',
  }),
  'vault.unavailable': ({ cause }) => ({
    message: `The system’s keychain can't be used${said(cause)}`,
    next: 'Give secrets another way: {"file": "…"} or {"fd": 3} in the plan file.',
  }),
} satisfies Partial<Words>
