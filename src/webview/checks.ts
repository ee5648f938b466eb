import type { StoredError } from '../domain/pair.ts'
import type { CheckEvent } from '../rpc/events.ts'
import type { L10n, Words } from '../views/wording.ts'
import type { ShownCheck } from './shownCheck.ts'

/** A check of a server in words: what was looked at, what was found, and what cures it. Of a failed one the detail is a hint, or just a host's name. */
export function shownCheck(
  words: Words,
  { name, state, detail, error }: Pick<CheckEvent, 'name' | 'state' | 'detail' | 'error'>,
  { canTrust = true }: { readonly canTrust?: boolean } = {},
): ShownCheck {
  const title = checkTitle(words.l10n, name)
  const { said, command } = parted(words.said('checks', detail))
  if (error === undefined) return { name, title, state, detail: said, ...withCode(command) }
  const cure = cureText(words, error, canTrust)
  return {
    name,
    title,
    state,
    detail: words.describe(error).message,
    cure: isSentence.test(said) ? `${cure} ${said}` : cure,
    ...withCode(command ?? commandFor(error)),
  }
}

/** What to do, where the page offers it; else as everywhere. */
function cureText({ l10n, describe }: Words, error: StoredError, canTrust: boolean): string {
  switch (error.code) {
    case 'tls.untrusted':
      if (!canTrust) return l10n.t('A proxy that looks into TLS may stand between: name the PEM file of its authority under Trust.')
      return l10n.t(
        'If the administrator of the server confirms that fingerprint, trust the certificate below; for a private authority, name its PEM file under Trust.',
      )
    case 'secret.missing':
      return l10n.t('Give it under Admin account.')
    case 'tls.plaintextRefused':
      return l10n.t('Choose another encryption, or agree to it under Server connection.')
    default:
      return describe(error).next
  }
}

/** What was looked at, such as “for contoso.com”, is no hint. */
const isSentence = /^\p{Lu}.* .*[.:]$/u

const withCode = (code: string | undefined): Pick<ShownCheck, 'code'> => (code === undefined ? {} : { code })

/** Servers' checks end with the line of PowerShell that helps, where there is one. */
function parted(detail: string): { readonly said: string; readonly command?: string } {
  const [before = '', ...lines] = detail.split('\n')
  if (lines.length > 0) return { said: before, command: lines.join('\n') }
  const found = /^(?:(.*): )?([A-Z][a-z]+-[A-Z]\w+ .*)$/.exec(detail)
  return found?.[2] === undefined ? { said: detail } : { said: found[1] === undefined ? '' : `${found[1]}:`, command: found[2] }
}

/** A check that is under way, or was ended before it told anything. */
export const runningCheck = (l10n: L10n): ShownCheck => ({
  name: 'running',
  title: l10n.t('Asking the server…'),
  state: 'running',
  detail: '',
})

export function checkTitle(l10n: L10n, name: string): string {
  switch (name) {
    case 'address':
      return l10n.t('Server found')
    case 'discovery':
      return l10n.t('Autodiscover')
    case 'tls':
      return l10n.t('Encryption')
    case 'signIn':
      return l10n.t('Sign-in')
    case 'version':
      return l10n.t('Version')
    case 'organisation':
      return l10n.t('Organisation')
    case 'actAs':
      return l10n.t('Right to open mailboxes')
    case 'folders':
      return l10n.t('Folders')
    case 'listMailboxes':
      return l10n.t('List of mailboxes')
    case 'acceptedDomains':
      return l10n.t('Accepted domains')
    case 'transfer':
      return l10n.t('Way of transfer')
    case 'extensions':
      return l10n.t('Extensions')
    case 'quota':
      return l10n.t('Quota')
    case 'permissions':
      return l10n.t('Permissions')
    case 'expiry':
      return l10n.t('Expiry')
    case 'ews':
      return l10n.t('Exchange Web Services')
    default:
      return name
  }
}

/** What an administrator of the server runs to mend it, where the check itself doesn't say it. */
const commandFor = ({ code, params }: StoredError): string | undefined =>
  code === 'permission.ews' ? `Set-CASMailbox '${params.user.replaceAll("'", "''")}' -EwsEnabled $true` : undefined
