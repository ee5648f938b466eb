import type { Kind } from '../connection.ts'
import { x500 } from '../imceaex.ts'
import type { Mailbox } from '../pair.ts'
import { inComment, rowsOf } from './literal.ts'

export interface MailboxPair {
  readonly source: Mailbox
  readonly target: Mailbox
}

/**
 * Why a pair gets no X500 address. `imapSource`: its source never had one, so nothing breaks. `imapTarget`: nobody there could be found by one. `notTold`: Graph doesn't
 * tell it. `notLearned`: no run and no list said it yet.
 */
export type WithoutX500 = 'imapSource' | 'imapTarget' | 'notTold' | 'notLearned'

/** For people, behind the pair's name and a colon. */
export const withoutX500Text: Readonly<Record<WithoutX500, string>> = {
  imapSource: 'none is needed, for IMAP has no such addresses',
  imapTarget: 'the target is an IMAP server, which can’t be given one',
  notTold: 'Office 365 doesn’t tell it through Graph; give an export of Get-Mailbox with the column LegacyExchangeDN',
  notLearned: 'it isn’t known yet; refresh the addresses, or give an export of Get-Mailbox with the column LegacyExchangeDN',
}

export type X500Pair = MailboxPair & ({ readonly x500: string } | { readonly without: WithoutX500 })

/** By which address, for each pair, replies to old mail still find the mailbox: the source's legacyExchangeDN. */
export const x500Pairs = (pairs: readonly MailboxPair[], kinds: { readonly source: Kind; readonly target: Kind }): readonly X500Pair[] =>
  pairs.map(({ source, target }) => {
    if (kinds.target === 'imap') return { source, target, without: 'imapTarget' }
    const { legacyExchangeDN = '' } = source
    if (legacyExchangeDN !== '') return { source, target, x500: x500(legacyExchangeDN) }
    const without = { imap: 'imapSource', office365: 'notTold', exchange: 'notLearned' } as const
    return { source, target, without: without[kinds.source] }
  })

/**
 * A script for the target's administrator that gives each mailbox the address it had inside the old organisation. It skips a mailbox that isn't the one of the
 * pair any more (by its id), one that has the address already, and one that a directory on-premises governs; with `-WhatIf` it only tells.
 */
export const addX500Script = (job: string, pairs: readonly X500Pair[], target: Exclude<Kind, 'imap'>): string => {
  const rows = pairs.flatMap(pair =>
    'x500' in pair ? [{ Source: pair.source.address, Target: pair.target.address, Id: pair.target.id ?? '', X500: pair.x500 }] : [],
  )
  const { shell, id } = shells[target]
  return `${[
    `# X500 addresses of the job ${inComment(job)}, written by Mailferry: read it before you run it.`,
    '#',
    '# Replies to mail from before the move, and the names that Outlook remembers, go to an address of the old organisation',
    '# (legacyExchangeDN). The new mailboxes take that mail when they have it as an X500 address. Nothing else is changed.',
    '#',
    `# Run it in ${shell} of the new organisation, first with -WhatIf.`,
    '[CmdletBinding(SupportsShouldProcess)]',
    'param()',
    '',
    `$mailboxes = ${rowsOf(rows).join('\n')}`,
    '',
    'foreach ($one in $mailboxes) {',
    '  try {',
    '    $mailbox = Get-Mailbox -Identity $one.Target -ErrorAction Stop',
    `    if ($one.Id -and [string]$mailbox.${id} -ne $one.Id) {`,
    "      Write-Warning ('{0} is another mailbox now: left alone' -f $one.Target)",
    '      continue',
    '    }',
    '    if (@($mailbox.EmailAddresses | ForEach-Object { [string]$_ }) -contains $one.X500) { continue }',
    ...(target === 'office365'
      ? [
          '    if ($mailbox.IsDirSynced) {',
          "      Write-Warning ('{0} is synchronised from a directory on-premises: add {1} to its proxyAddresses there' -f $one.Target, $one.X500)",
          '      continue',
          '    }',
        ]
      : []),
    "    if ($PSCmdlet.ShouldProcess($one.Target, ('add {0}' -f $one.X500))) {",
    '      Set-Mailbox -Identity ([string]$mailbox.Guid) -EmailAddresses @{ Add = $one.X500 } -ErrorAction Stop',
    '    }',
    '  } catch {',
    "    Write-Warning ('{0}: {1}' -f $one.Target, $_.Exception.Message)",
    '  }',
    '}',
  ].join('\n')}\n`.replaceAll('\n', '\r\n')
}

/** Where a kind's cmdlets are to be had, and what they call the id by which Mailferry knows a mailbox. */
const shells = {
  exchange: { shell: 'the Exchange Management Shell', id: 'ExchangeGuid' },
  office365: { shell: 'Exchange Online PowerShell (Connect-ExchangeOnline)', id: 'ExternalDirectoryObjectId' },
} as const
