import type { StaleReason, Verification } from '../../domain/connection.ts'
import { endsSoon } from '../../domain/expiry.ts'
import { signsInByCertificate } from '../../domain/signsInByCertificate.ts'
import type { ConnectionSummary } from '../../rpc/results.ts'
import { escapeMarkdown, markdownTable } from '../markdown.ts'
import type { RowToken } from '../rowTokens.ts'
import type { Wording } from '../wording.ts'
import { adminText, kindText, roleText, serverText, tlsText } from './connectionText.ts'
import { expiryText } from './expiryText.ts'
import type { Attention, Row, RowIcon } from './row.ts'

export function connectionRow(wording: Wording, connection: ConnectionSummary): Row {
  const { name, settings, usedBy, verification } = connection
  const state = stateText(wording, verification)
  // What is wrong first: a narrow side bar shows little more.
  const description = [...(state === undefined ? [] : [state]), serverText(wording, settings), adminText(wording, settings)].join(' · ')
  const attention = attentionOf(wording, verification)
  return {
    label: name,
    description,
    tooltip: tooltip(wording, connection),
    icon: iconOf(wording, connection),
    tokens: connectionTokens(connection),
    children: usedBy.length === 0 ? 'none' : 'collapsed',
    spoken: [name, kindText(wording, settings.kind), description, usedByText(wording, usedBy)].join(', '),
    ...(attention === undefined ? {} : { attention }),
  }
}

/** Only IMAP has nothing to reconfigure; where it isn't needed, the engine says so and it can be done anyway. A certificate that was refused proves nothing any more. */
export const connectionTokens = ({ settings, verification: { state } }: ConnectionSummary): RowToken[] => [
  'connection',
  ...(settings.kind === 'imap' ? [] : (['reconfigurable'] as const)),
  ...(signsInByCertificate(settings) && state !== 'credentialsNeeded' ? (['renewable'] as const) : []),
  ...(state === 'stale' || state === 'credentialsNeeded' ? [state] : []),
]

function iconOf(wording: Wording, { settings, verification }: ConnectionSummary): RowIcon {
  switch (verification.state) {
    case 'verified':
      return endsSoon(verification, wording.now()) === undefined
        ? { picture: settings.kind }
        : { symbol: 'key', color: 'list.warningForeground' }
    case 'unverified':
      return { symbol: 'question', color: 'disabledForeground' }
    case 'stale':
      return { symbol: 'warning', color: 'list.warningForeground' }
    case 'credentialsNeeded':
      return { symbol: 'key', color: 'list.warningForeground' }
    case 'unreachable':
      return { symbol: 'debug-disconnect', color: 'list.errorForeground' }
  }
}

export const attentionOf = (wording: Pick<Wording, 'now'>, verification: Verification): Attention | undefined => {
  const { state } = verification
  if (state === 'stale' || state === 'credentialsNeeded' || endsSoon(verification, wording.now()) !== undefined) return 'warning'
  return state === 'unreachable' ? 'error' : undefined
}

/** Nothing for a verified connection, unless what it signs in with ends soon: that is how it should be. */
const stateText = (wording: Wording, verification: Verification): string | undefined => {
  const { l10n } = wording
  switch (verification.state) {
    case 'verified': {
      const ends = endsSoon(verification, wording.now())
      return ends && expiryText(wording, ends)
    }
    case 'unverified':
      return l10n.t('not verified')
    case 'stale':
      return l10n.t('stale')
    case 'credentialsNeeded':
      return l10n.t('credentials needed')
    case 'unreachable':
      return l10n.t('unreachable')
  }
}

export const staleText = ({ l10n }: Wording, reason: StaleReason): string => {
  switch (reason) {
    case 'adminAddressChanged':
      return l10n.t('The admin account has another address now.')
    case 'signInRefusedDomainGone':
      return l10n.t('The sign-in is refused, and the admin account’s domain has left the organisation.')
    case 'addressMoved':
      return l10n.t('The server is no longer at its recorded address.')
    case 'declared':
      return l10n.t('A domain change was declared that concerns it.')
  }
}

function tooltip(wording: Wording, connection: ConnectionSummary): string {
  const { l10n, date } = wording
  const { name, role, settings, verification, usedBy } = connection
  const recorded = 'recorded' in verification ? verification.recorded : undefined
  const trouble = troubleText(wording, verification)
  const table = markdownTable([
    [l10n.t('Role'), roleText(wording, role)],
    [l10n.t('Kind'), kindText(wording, settings.kind)],
    [l10n.t('Server'), serverText(wording, settings)],
    [l10n.t('Address'), recorded?.address],
    [l10n.t('Version'), recorded?.serverVersion],
    [l10n.t('Encryption'), tlsText(wording, settings)],
    [l10n.t('Admin account'), adminText(wording, settings)],
    [l10n.t('Admin’s address'), recorded?.adminAddress],
    [l10n.t('Organisation'), recorded?.organisation],
    [l10n.t('Accepted domains'), recorded?.acceptedDomains?.join(', ')],
    [l10n.t('Good until'), recorded?.expires && date(recorded.expires.at)],
    [l10n.t('Last verified'), recorded === undefined ? l10n.t('never') : date(recorded.at)],
    [l10n.t('Used by'), usedByText(wording, usedBy)],
  ])
  return [`**${escapeMarkdown(name)}**`, ...(trouble === undefined ? [] : [escapeMarkdown(trouble)]), table].join('\n\n')
}

function troubleText(wording: Wording, verification: Verification): string | undefined {
  const { l10n, date } = wording
  switch (verification.state) {
    case 'verified': {
      const ends = endsSoon(verification, wording.now())
      if (ends?.what === 'certificate') return l10n.t('{0}: Renew Certificate has the application renew it.', expiryText(wording, ends))
      return ends && l10n.t('{0}: renew it in the tenant, enter it here, then test the connection.', expiryText(wording, ends))
    }
    case 'unverified':
      return undefined
    case 'stale':
      return [
        l10n.t('Stale since {0}. {1}', date(verification.since), staleText(wording, verification.reason)),
        wording.said('reasons', verification.detail),
      ].join(' ')
    case 'credentialsNeeded':
      return l10n.t('The server refused the sign-in of {0}.', verification.refused.map(({ user }) => user).join(', '))
    case 'unreachable':
      return l10n.t('Unreachable since {0}: {1}', date(verification.since), causeText(wording, verification))
  }
}

/** Why a connection can't be reached, in this language where it is known by its code. */
export const causeText = ({ describe, said }: Wording, { cause, error }: Extract<Verification, { state: 'unreachable' }>): string =>
  error === undefined ? said('reasons', cause) : describe(error).message

/** Names the first few, so that a line stays a line. */
function usedByText({ l10n, number }: Wording, jobs: readonly string[]): string {
  if (jobs.length === 0) return l10n.t('no job')
  const shown = jobs.slice(0, 5).join(', ')
  return jobs.length > 5 ? l10n.t('{0} and {1} more', shown, number(jobs.length - 5)) : shown
}
