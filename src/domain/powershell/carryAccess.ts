import type { Kind } from '../connection.ts'
import type { MailboxPair } from './addX500.ts'
import { inComment, rowsOf } from './literal.ts'

type Shell = Exclude<Kind, 'imap'>

/** How each kind tells, and gives, the right to send as somebody: on-premises it lies in Active Directory, in Exchange Online on the recipient. */
const sendAs = {
  exchange: {
    read: [
      '    $sendAs = @(Get-ADPermission -Identity $mailbox.DistinguishedName |',
      "      Where-Object { $_.ExtendedRights -like '*Send-As*' -and -not $_.IsInherited -and -not $_.Deny } |",
      '      ForEach-Object { Get-AddressOf $_.User } | Where-Object { $_ })',
    ],
    apply: [
      '        $identity = (Get-Mailbox -Identity $target -ErrorAction Stop).DistinguishedName',
      '        $principal = (Get-Mailbox -Identity $who -ErrorAction Stop).DistinguishedName',
      "        Add-ADPermission -Identity $identity -User $principal -AccessRights ExtendedRight -ExtendedRights 'Send As' | Out-Null",
    ],
  },
  office365: {
    read: [
      '    $sendAs = @(Get-RecipientPermission -Identity ([string]$mailbox.Guid) |',
      "      Where-Object { $_.AccessRights -like '*SendAs*' -and -not $_.IsInherited -and [string]$_.AccessControlType -ne 'Deny' } |",
      '      ForEach-Object { Get-AddressOf $_.Trustee } | Where-Object { $_ })',
    ],
    apply: ['        Add-RecipientPermission -Identity $target -Trustee $who -AccessRights SendAs -Confirm:$false | Out-Null'],
  },
} as const

const shellNames = { exchange: 'the Exchange Management Shell', office365: 'Exchange Online PowerShell (Connect-ExchangeOnline)' } as const

/**
 * A script that carries forwarding and the mailbox permissions full access, send as and send on behalf over, in two steps with a file between them that a person can read:
 * what the source has, then to the mailboxes of the job's pairs. It takes nothing away, and leaves a forwarding alone that is there already; whom no pair names is told, not guessed.
 */
export const carryAccessScript = (
  job: string,
  pairs: readonly MailboxPair[],
  kinds: { readonly source: Shell; readonly target: Shell },
): string => {
  const rows = pairs.map(({ source, target }) => ({
    Source: source.address,
    Known: [source.address, ...(source.formerly ?? [])].join(' '),
    Target: target.address,
  }))
  return `${[
    `# Forwarding and mailbox permissions of the job ${inComment(job)}, written by Mailferry: read it before you run it.`,
    '#',
    `#   1. In ${shellNames[kinds.source]} of the old organisation:  -Step Read`,
    '#      writes the file, which names who forwards to whom and who may open or send for whom. Look through it.',
    `#   2. In ${shellNames[kinds.target]} of the new organisation:  -Step Apply -WhatIf`,
    '#      tells what would be done; without -WhatIf it is done. Nothing is ever taken away.',
    '#',
    '# Rules, delegates of the calendar, permissions of single folders and Recoverable Items are not carried.',
    '[CmdletBinding(SupportsShouldProcess)]',
    'param(',
    "  [Parameter(Mandatory)] [ValidateSet('Read', 'Apply')] [string] $Step,",
    "  [string] $File = './mailferry-access.json'",
    ')',
    '',
    `$pairs = ${rowsOf(rows).join('\n')}`,
    '',
    ...reading(kinds.source),
    '',
    ...applying(kinds.target),
    '',
    "if ($Step -eq 'Read') { Read-Access | ConvertTo-Json -Depth 4 | Set-Content -LiteralPath $File -Encoding UTF8 }",
    'else {',
    // Windows PowerShell gives an array of JSON out in one piece: only a variable of its own makes rows of it.
    '  $all = Get-Content -LiteralPath $File -Raw -Encoding UTF8 | ConvertFrom-Json',
    '  foreach ($one in $all) { Set-Access $one }',
    '}',
  ].join('\n')}\n`.replaceAll('\n', '\r\n')
}

const reading = (source: Shell): string[] => [
  '# The primary address of somebody, or nothing for groups of the system, deleted accounts and oneself.',
  'function Get-AddressOf($who) {',
  "  if ([string]$who -match '^(NT AUTHORITY|S-1-)') { return }",
  '  $found = @(Get-Recipient -Identity ([string]$who) -ErrorAction SilentlyContinue)',
  '  if ($found.Count -eq 1) { [string]$found[0].PrimarySmtpAddress }',
  "  else { Write-Warning ('{0} is not one recipient: left out' -f $who) }",
  '}',
  '',
  'function Read-Access {',
  '  foreach ($pair in $pairs) {',
  '    $mailbox = Get-Mailbox -Identity $pair.Source -ErrorAction SilentlyContinue',
  '    if (-not $mailbox) {',
  "      Write-Warning ('{0} was not found' -f $pair.Source)",
  '      continue',
  '    }',
  '    $fullAccess = @(Get-MailboxPermission -Identity ([string]$mailbox.Guid) |',
  "      Where-Object { $_.AccessRights -like '*FullAccess*' -and -not $_.IsInherited -and -not $_.Deny } |",
  '      ForEach-Object { Get-AddressOf $_.User } | Where-Object { $_ })',
  ...sendAs[source].read,
  '    $forwardTo = $null',
  '    if ($mailbox.ForwardingAddress) { $forwardTo = Get-AddressOf $mailbox.ForwardingAddress }',
  "    elseif ($mailbox.ForwardingSmtpAddress) { $forwardTo = [string]$mailbox.ForwardingSmtpAddress -replace '^smtp:', '' }",
  '    [pscustomobject]@{',
  '      Source = $pair.Source',
  '      ForwardTo = $forwardTo',
  '      KeepCopy = [bool]$mailbox.DeliverToMailboxAndForward',
  '      FullAccess = $fullAccess',
  '      SendAs = $sendAs',
  '      SendOnBehalf = @($mailbox.GrantSendOnBehalfTo | ForEach-Object { Get-AddressOf $_ } | Where-Object { $_ })',
  '    }',
  '  }',
  '}',
]

const applying = (target: Shell): string[] => [
  '# Who somebody of the old organisation is in the new one, by the pairs.',
  'function Get-TargetOf($address) {',
  "  $found = @($pairs | Where-Object { @($_.Known -split ' ') -contains $address })",
  '  if ($found.Count -eq 1) { $found[0].Target }',
  "  else { Write-Warning ('{0} is in no pair of the job: left out' -f $address) }",
  '}',
  '',
  'function Set-Access($one) {',
  '  $target = Get-TargetOf $one.Source',
  '  if (-not $target) { return }',
  '  try {',
  '    if ($one.ForwardTo) {',
  '      $mailbox = Get-Mailbox -Identity $target -ErrorAction Stop',
  "      $to = @($pairs | Where-Object { @($_.Known -split ' ') -contains $one.ForwardTo } | ForEach-Object { $_.Target }) + $one.ForwardTo",
  '      if ($mailbox.ForwardingAddress -or $mailbox.ForwardingSmtpAddress) {',
  "        Write-Warning ('{0} forwards already: left alone' -f $target)",
  "      } elseif ($PSCmdlet.ShouldProcess($target, ('forward to {0}' -f $to[0]))) {",
  '        Set-Mailbox -Identity $target -ForwardingSmtpAddress $to[0] -DeliverToMailboxAndForward ([bool]$one.KeepCopy) -ErrorAction Stop',
  '      }',
  '    }',
  '    foreach ($address in @($one.FullAccess)) {',
  '      $who = Get-TargetOf $address',
  "      if ($who -and $PSCmdlet.ShouldProcess($target, ('full access for {0}' -f $who))) {",
  '        Add-MailboxPermission -Identity $target -User $who -AccessRights FullAccess -InheritanceType All -ErrorAction Stop | Out-Null',
  '      }',
  '    }',
  '    foreach ($address in @($one.SendAs)) {',
  '      $who = Get-TargetOf $address',
  "      if ($who -and $PSCmdlet.ShouldProcess($target, ('send as, for {0}' -f $who))) {",
  ...sendAs[target].apply,
  '      }',
  '    }',
  '    foreach ($address in @($one.SendOnBehalf)) {',
  '      $who = Get-TargetOf $address',
  "      if ($who -and $PSCmdlet.ShouldProcess($target, ('send on behalf, for {0}' -f $who))) {",
  '        Set-Mailbox -Identity $target -GrantSendOnBehalfTo @{ Add = $who } -ErrorAction Stop',
  '      }',
  '    }',
  '  } catch {',
  "    Write-Warning ('{0}: {1}' -f $target, $_.Exception.Message)",
  '  }',
  '}',
]
