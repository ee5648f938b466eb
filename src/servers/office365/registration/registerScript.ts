import { literal } from '../../../domain/powershell/literal.ts'
import { clouds } from '../clouds.ts'
import { base64Of } from './certificateText.ts'
import { graphAppId, type RegistrationWish, registrationPlan } from './plan.ts'

/**
 * A PowerShell script that registers an application by which Mailferry signs in: with a certificate made before, the least permissions, bound to mailboxes
 * where some are named. `certificate`: PEM, without the private key. Run again, it takes the application that is there.
 */
export function registerScript(wish: RegistrationWish, certificate: string): string {
  const { name, permissions, scopedRoles, fullFidelity } = registrationPlan(wish)
  const { powerShell } = clouds[wish.cloud]
  const list = (names: readonly string[]) => `@(${names.map(literal).join(', ')})`
  const group = `${name} mailboxes`
  return `${[
    `# Registers the application "${name}" for Mailferry: read it before you run it.`,
    '#',
    '# Wants PowerShell 7 with the modules Microsoft.Graph.Applications and ExchangeOnlineManagement, and somebody who may register',
    '# applications, consent for the whole tenant and, where mailboxes are named, administer Exchange.',
    '# -FullFidelity adds the mailbox import and export API, which Exchange cannot bind to single mailboxes.',
    '[CmdletBinding()]',
    'param([switch]$FullFidelity)',
    "$ErrorActionPreference = 'Stop'",
    '',
    `$name = ${literal(name)}`,
    `$permissions = ${list(permissions)}`,
    `if ($FullFidelity) { $permissions += ${list(fullFidelity)} }`,
    `$certificate = [Security.Cryptography.X509Certificates.X509Certificate2]::new([Convert]::FromBase64String(${literal(base64Of(certificate))}))`,
    '',
    `Connect-MgGraph -Environment ${powerShell.graph} -Scopes 'Application.ReadWrite.All', 'AppRoleAssignment.ReadWrite.All' -NoWelcome`,
    `$graph = Get-MgServicePrincipal -Filter "appId eq '${graphAppId}'"`,
    "$roles = @($graph.AppRoles | Where-Object { $_.Value -in $permissions -and $_.AllowedMemberTypes -contains 'Application' })",
    'foreach ($missing in $permissions | Where-Object { $_ -notin $roles.Value }) { Write-Warning "this cloud has no permission $missing" }',
    '',
    "$key = @{ Type = 'AsymmetricX509Cert'; Usage = 'Verify'; Key = $certificate.RawData; DisplayName = 'Mailferry' }",
    `$access = @{ ResourceAppId = '${graphAppId}'; ResourceAccess = @($roles | ForEach-Object { @{ Id = $_.Id; Type = 'Role' } }) }`,
    `$app = Get-MgApplication -Filter ${literal(`displayName eq '${name}'`)} | Select-Object -First 1`,
    'if ($app) {',
    '  Update-MgApplication -ApplicationId $app.Id -RequiredResourceAccess @($access) -KeyCredentials (@($app.KeyCredentials) + $key)',
    '} else {',
    "  $app = New-MgApplication -DisplayName $name -SignInAudience 'AzureADMyOrg' -RequiredResourceAccess @($access) -KeyCredentials @($key)",
    '}',
    `$principal = Get-MgServicePrincipal -Filter "appId eq '$($app.AppId)'"`,
    'if (-not $principal) { $principal = New-MgServicePrincipal -AppId $app.AppId }',
    '',
    '# The consent for the whole tenant, for what is not there yet.',
    '$given = @(Get-MgServicePrincipalAppRoleAssignment -ServicePrincipalId $principal.Id -All | ForEach-Object { $_.AppRoleId })',
    'foreach ($role in $roles | Where-Object { $_.Id -notin $given }) {',
    '  New-MgServicePrincipalAppRoleAssignment -ServicePrincipalId $principal.Id -PrincipalId $principal.Id -ResourceId $graph.Id -AppRoleId $role.Id | Out-Null',
    '}',
    ...(wish.mailboxes === undefined ? [] : scope(group, wish.mailboxes, scopedRoles, powerShell.exchange)),
    '',
    'Write-Host "What the plan or the wizard wants:"',
    'Write-Host "  tenant      $((Get-MgContext).TenantId)"',
    'Write-Host "  client id   $($app.AppId)"',
    'Write-Host "  credential  certificate, good until $($certificate.NotAfter.ToString(\'yyyy-MM-dd\'))"',
  ].join('\n')}\n`.replaceAll('\n', '\r\n')
}

/** RBAC for Applications (Exchange Online): a scope by membership of a group, and each role within it. */
const scope = (group: string, mailboxes: readonly string[], roles: readonly string[], environment: string): string[] => [
  '',
  '# Only these mailboxes. It may take Exchange up to two hours to go by it.',
  `Connect-ExchangeOnline -ExchangeEnvironmentName ${environment} -ShowBanner:$false`,
  `$groupName = ${literal(group)}`,
  '$group = Get-DistributionGroup -Identity $groupName -ErrorAction SilentlyContinue',
  'if (-not $group) { $group = New-DistributionGroup -Name $groupName -Type Security }',
  '$mailboxes = @(',
  ...mailboxes.map(mailbox => `  ${literal(mailbox)}`),
  ')',
  'foreach ($mailbox in $mailboxes) {',
  '  try { Add-DistributionGroupMember -Identity $groupName -Member $mailbox }',
  "  catch { if ($_.Exception.Message -notmatch 'already a member') { Write-Warning ('{0}: {1}' -f $mailbox, $_.Exception.Message) } }",
  '}',
  'if (-not (Get-ServicePrincipal -Identity $principal.Id -ErrorAction SilentlyContinue)) {',
  '  New-ServicePrincipal -AppId $app.AppId -ObjectId $principal.Id -DisplayName $name | Out-Null',
  '}',
  'if (-not (Get-ManagementScope -Identity $groupName -ErrorAction SilentlyContinue)) {',
  '  New-ManagementScope -Name $groupName -RecipientRestrictionFilter "MemberOfGroup -eq \'$($group.DistinguishedName.Replace("\'", "\'\'"))\'" | Out-Null',
  '}',
  `foreach ($role in @(${roles.map(literal).join(', ')})) {`,
  '  if (-not (Get-ManagementRoleAssignment -RoleAssignee $principal.Id -Role $role -ErrorAction SilentlyContinue)) {',
  '    New-ManagementRoleAssignment -App $principal.Id -Role $role -CustomResourceScope $groupName | Out-Null',
  '  }',
  '}',
  'Test-ServicePrincipalAuthorization -Identity $principal.Id -Resource $mailboxes[0] | Format-Table RoleName, GrantedPermissions, InScope',
]
