import { literal } from '../../../domain/powershell/literal.ts'
import { clouds } from '../clouds.ts'
import { addKeyLines, certificateLines } from './addCertificate.ts'
import { graphAppId, type RegistrationWish, registrationPlan } from './plan.ts'

/**
 * A PowerShell script that registers an application by which Mailferry signs in: with a certificate made before, the least permissions, bound to mailboxes
 * where some are named. `certificate`: PEM, without the private key. Run again, it takes what is there and adds what is missing.
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
    '# What was just made is not known everywhere at once: where it stops for that, run it again. It takes what is there.',
    '# -FullFidelity adds the mailbox import and export API.',
    '# -ClientId takes that application, where several have the name.',
    '[CmdletBinding()]',
    'param([switch]$FullFidelity, [string]$ClientId)',
    "$ErrorActionPreference = 'Stop'",
    '',
    `$name = ${literal(name)}`,
    `$permissions = ${list(permissions)}`,
    `$bound = ${list(scopedRoles)}`,
    'if ($FullFidelity) {',
    `  $permissions += ${list(fullFidelity.permissions)}`,
    `  $bound += ${list(fullFidelity.scopedRoles)}`,
    '}',
    ...certificateLines(certificate),
    '',
    `Connect-MgGraph -Environment ${powerShell.graph} -Scopes 'Application.ReadWrite.All', 'AppRoleAssignment.ReadWrite.All' -NoWelcome`,
    `$graph = Get-MgServicePrincipal -Filter "appId eq '${graphAppId}'"`,
    "$roles = @($graph.AppRoles | Where-Object { $_.Value -in $permissions -and $_.AllowedMemberTypes -contains 'Application' })",
    'foreach ($missing in $permissions | Where-Object { $_ -notin $roles.Value }) { Write-Warning "this cloud has no permission $missing" }',
    '',
    `$access = @{ ResourceAppId = '${graphAppId}'; ResourceAccess = @($roles | ForEach-Object { @{ Id = $_.Id; Type = 'Role' } }) }`,
    `$filter = if ($ClientId) { "appId eq '$ClientId'" } else { ${literal(`displayName eq '${name}'`)} }`,
    '$found = @(Get-MgApplication -Filter $filter)',
    'if ($found.Count -gt 1) { throw "$($found.Count) applications are called $($name): name one by -ClientId" }',
    'if ($ClientId -and -not $found) { throw "this tenant has no application $ClientId" }',
    'if ($found) {',
    '  $app = $found[0]',
    '  Update-MgApplication -ApplicationId $app.Id -RequiredResourceAccess @($access)',
    ...addKeyLines.map(line => `  ${line}`),
    '} else {',
    "  $app = New-MgApplication -DisplayName $name -SignInAudience 'AzureADMyOrg' -RequiredResourceAccess @($access) -KeyCredentials @($key)",
    '}',
    `$principal = Get-MgServicePrincipal -Filter "appId eq '$($app.AppId)'"`,
    'if (-not $principal) { $principal = New-MgServicePrincipal -AppId $app.AppId }',
    '',
    '# The consent for the whole tenant, for what is not there yet.',
    '$given = @(Get-MgServicePrincipalAppRoleAssignment -ServicePrincipalId $principal.Id -All | Where-Object { $_.ResourceId -eq $graph.Id })',
    'foreach ($role in $roles | Where-Object { $_.Id -notin $given.AppRoleId }) {',
    '  New-MgServicePrincipalAppRoleAssignment -ServicePrincipalId $principal.Id -PrincipalId $principal.Id -ResourceId $graph.Id -AppRoleId $role.Id | Out-Null',
    '}',
    ...(wish.mailboxes === undefined ? [] : [...narrow, ...scope(group, wish.mailboxes, powerShell.exchange)]),
    '',
    'Write-Host "What the plan or the wizard wants:"',
    'Write-Host "  tenant      $((Get-MgContext).TenantId)"',
    'Write-Host "  client id   $($app.AppId)"',
    'Write-Host "  credential  certificate, good until $($certificate.NotAfter.ToString(\'yyyy-MM-dd\'))"',
  ].join('\n')}\n`.replaceAll('\n', '\r\n')
}

/** What Entra consented to holds for the whole tenant, and adds to what Exchange binds: an application that had it before would still reach every mailbox. */
const narrow: readonly string[] = [
  '',
  '# What is bound to mailboxes below must not stand for the whole tenant too, as from an earlier run: that would undo it.',
  "$names = $bound -replace '^Application ' | ForEach-Object { $_; $_ -replace 'Read$', 'ReadWrite'; $_ -replace 'ReadWrite$', 'Read' }",
  "$wide = $graph.AppRoles | Where-Object { ($_.Value -replace '\\.All$') -in $names }",
  'foreach ($consent in $given | Where-Object { $_.AppRoleId -in $wide.Id }) {',
  '  Remove-MgServicePrincipalAppRoleAssignment -ServicePrincipalId $principal.Id -AppRoleAssignmentId $consent.Id',
  '}',
]

/** RBAC for Applications (Exchange Online): a scope by membership of a group, and each role within it. */
const scope = (group: string, mailboxes: readonly string[], environment: string): string[] => [
  '',
  '# Only the members of a group: these mailboxes, and those of earlier runs. It may take Exchange up to two hours to go by it.',
  `Connect-ExchangeOnline -ExchangeEnvironmentName ${environment} -ShowBanner:$false`,
  `$groupName = ${literal(group)}`,
  '$group = Get-DistributionGroup -Identity $groupName -ErrorAction SilentlyContinue',
  'if (-not $group) {',
  '  $group = New-DistributionGroup -Name $groupName -Type Security',
  '  Set-DistributionGroup -Identity $group.DistinguishedName -HiddenFromAddressListsEnabled $true',
  '}',
  '$mailboxes = @(',
  ...mailboxes.map(mailbox => `  ${literal(mailbox)}`),
  ')',
  'foreach ($mailbox in $mailboxes) {',
  '  try { Add-DistributionGroupMember -Identity $groupName -Member $mailbox -BypassSecurityGroupManagerCheck }',
  "  catch { if ($_.Exception.Message -notmatch 'MemberAlreadyExists|already a member') { Write-Warning ('{0}: {1}' -f $mailbox, $_.Exception.Message) } }",
  '}',
  'if (-not (Get-ServicePrincipal -Identity $principal.Id -ErrorAction SilentlyContinue)) {',
  '  New-ServicePrincipal -AppId $app.AppId -ObjectId $principal.Id -DisplayName $name | Out-Null',
  '}',
  'if (-not (Get-ManagementScope -Identity $groupName -ErrorAction SilentlyContinue)) {',
  '  New-ManagementScope -Name $groupName -RecipientRestrictionFilter "MemberOfGroup -eq \'$($group.DistinguishedName.Replace("\'", "\'\'"))\'" | Out-Null',
  '}',
  'foreach ($role in $bound) {',
  '  $assignment = "$name $role"',
  '  if (-not (Get-ManagementRoleAssignment -Role $role | Where-Object { $_.Name -eq $assignment })) {',
  '    New-ManagementRoleAssignment -Name $assignment -App $principal.Id -Role $role -CustomResourceScope $groupName | Out-Null',
  '  }',
  '}',
  'Test-ServicePrincipalAuthorization -Identity $principal.Id -Resource $mailboxes[0] | Format-Table RoleName, GrantedPermissions, InScope',
]
