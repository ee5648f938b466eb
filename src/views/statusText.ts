import type { CommandId } from '../commands/commandTable.ts'
import type { Verification } from '../domain/connection.ts'
import { endsSoon } from '../domain/expiry.ts'
import { signsInByCertificate } from '../domain/signsInByCertificate.ts'
import type { ConnectionSummary, JobSummary } from '../rpc/results.ts'
import { staleConnections } from './attention.ts'
import { mailboxesText, speedText, stateOf } from './rows/jobText.ts'
import type { Wording } from './wording.ts'

/** What the one status-bar item says, and what its click does. */
export interface Status {
  readonly text: string
  readonly tooltip: string
  readonly spoken: string
  readonly warning: boolean
  readonly click: CommandId
}

export interface StatusOf {
  readonly connections: readonly ConnectionSummary[]
  readonly jobs: readonly JobSummary[]
  /** Messages over the last seconds, all jobs together. */
  readonly perSecond: number
}

/** What matters most: what keeps jobs from going on, then what goes on. Nothing where there is nothing to say. */
export function statusOf(wording: Wording, { connections, jobs, perSecond }: StatusOf): Status | undefined {
  const stale = staleConnections(connections)
  if (stale.length > 0) return staleStatus(wording, stale)
  const needing = connections.filter(({ verification }) => verification.state === 'credentialsNeeded')
  if (needing.length > 0) return credentialsStatus(wording, needing)
  const running = jobs.filter(job => stateOf(job) === 'running')
  const ending = connections.filter(({ verification }) => endsSoon(verification, wording.now()) !== undefined)
  if (ending.some(({ verification }) => isUrgent(verification, wording.now()))) return expiryStatus(wording, ending)
  if (running.length > 0) return runningStatus(wording, running, perSecond)
  return ending.length > 0 ? expiryStatus(wording, ending) : undefined
}

function staleStatus({ l10n, number }: Wording, stale: readonly ConnectionSummary[]): Status {
  const spoken = stale.length === 1 ? l10n.t('1 stale connection') : l10n.t('{0} stale connections', number(stale.length))
  return {
    text: `$(warning) ${spoken}`,
    tooltip: l10n.t('Their server or admin account has changed: {0}. Click for what to do.', names(stale)),
    spoken,
    warning: true,
    click: 'showStaleConnections',
  }
}

function credentialsStatus({ l10n, number }: Wording, needing: readonly ConnectionSummary[]): Status {
  const [only] = needing
  const spoken =
    needing.length === 1 && only !== undefined
      ? l10n.t('{0} needs credentials', only.name)
      : l10n.t('{0} connections need credentials', number(needing.length))
  return {
    text: `$(key) ${spoken}`,
    tooltip: l10n.t('The server refused the sign-in: {0}. Click to enter credentials.', names(needing)),
    spoken,
    warning: true,
    click: 'enterCredentials',
  }
}

/** Of what ends in a week at the latest, a long run must not keep anybody from hearing. */
const isUrgent = (verification: Verification, now: number): boolean => (endsSoon(verification, now)?.days ?? Infinity) <= 7

function expiryStatus({ l10n, number }: Wording, ending: readonly ConnectionSummary[]): Status {
  const [only] = ending
  const spoken =
    ending.length === 1 && only !== undefined
      ? l10n.t('{0}: its sign-in ends soon', only.name)
      : l10n.t('{0} connections whose sign-in ends soon', number(ending.length))
  const renewable = ending.every(({ settings }) => signsInByCertificate(settings))
  return {
    text: `$(key) ${spoken}`,
    tooltip: renewable
      ? l10n.t('A certificate ends soon: {0}. Click to have the application renew it.', names(ending))
      : l10n.t('A certificate or secret ends soon: {0}. Renew it in the tenant, then click to enter it.', names(ending)),
    spoken,
    warning: true,
    click: renewable ? 'renewCertificate' : 'enterCredentials',
  }
}

function runningStatus(wording: Wording, running: readonly JobSummary[], perSecond: number): Status {
  const { l10n } = wording
  const mailboxes = running.reduce((sum, { states }) => sum + (states.running ?? 0), 0)
  const speed = speedText(wording, perSecond)
  const spoken = [mailboxesText(wording, mailboxes), ...(speed === undefined ? [] : [speed])].join(' · ')
  return {
    text: `$(sync~spin) ${spoken}`,
    tooltip: l10n.t('Running: {0}', names(running)),
    spoken,
    warning: false,
    click: 'showJobs',
  }
}

const names = (of: readonly { readonly name: string }[]): string => of.map(({ name }) => name).join(', ')
