import type { Connection, ConnectionSettings } from './connection.ts'
import { MailferryError } from './errors.ts'
import type { JobId } from './ids.ts'
import { jobsUsing } from './inUse.ts'
import type { Job } from './job.ts'
import type { OrganisationEvidence } from './organisation.ts'
import { isTenantUser } from './staleness.ts'

/** What a reconfiguration may change: where the server is (Exchange only), and who signs in. Everything else of the connection stays. */
export type Reconfigurable = 'server' | 'admin'

export type ReconfigurationPlan =
  | { readonly possible: 'no'; readonly reason: string }
  | {
      /** `notNeeded`: its sign-in depends on no domain; still possible on request, within the same tenant only. */
      readonly possible: 'yes' | 'notNeeded'
      readonly reason: string
      readonly may: readonly Reconfigurable[]
      readonly mustNot: readonly string[]
      /** Evidence is required, and no typed name replaces it. */
      readonly sameTenantOnly: boolean
      /** The jobs it is done for. */
      readonly jobs: readonly Job[]
      /** Those of them that have to be stopped before. */
      readonly running: readonly Job[]
    }

const always = ['role', 'kind', 'organisation']

/** Why an Office 365 connection needs no reconfiguration when a domain moves; nothing for those that do. */
export const notNeeded = (settings: ConnectionSettings): string | undefined => {
  if (settings.kind !== 'office365') return undefined
  if (settings.signIn.method === 'application') return 'It signs in as an application, which no domain change touches.'
  return isTenantUser(settings.signIn.user)
    ? 'Its admin signs in with an onmicrosoft.com address, which no domain change touches.'
    : undefined
}

/** What reconfiguring a connection means, to be shown before anything is asked for. `running`: the jobs that run, in whichever engine. */
export const reconfigurationPlan = (
  { id, settings }: Connection,
  jobs: Iterable<Job>,
  running: ReadonlySet<JobId>,
): ReconfigurationPlan => {
  if (settings.kind === 'imap') {
    return {
      possible: 'no',
      reason: 'nothing proves that another IMAP server has the same mailboxes, and its logins are what was typed',
    }
  }
  const users = jobsUsing(id, jobs)
  const exempt = notNeeded(settings)
  return {
    possible: exempt === undefined ? 'yes' : 'notNeeded',
    reason: exempt ?? 'The server’s address or the admin account may have changed with the domain.',
    may: settings.kind === 'exchange' ? ['server', 'admin'] : ['admin'],
    mustNot: settings.kind === 'exchange' ? always : [...always, 'server'],
    sameTenantOnly: exempt !== undefined,
    jobs: users,
    running: users.filter(job => running.has(job.id)),
  }
}

export interface Reconfiguration {
  readonly settings: ConnectionSettings
  /** What verifying the new settings gave (`compareOrganisation`). */
  readonly evidence: OrganisationEvidence
  /** What the new settings lead to, for the refusal; absent where it can't be learned. */
  readonly found?: string
  /** The person typed this to take the responsibility where there is no evidence. */
  readonly typedName?: string
  /** *Reconfigure anyway*, where it isn't needed. */
  readonly anyway?: boolean
}

/**
 * What speaks against reconfiguring a connection whatever to, before anything is asked of a server.
 *
 * @returns `reconfigure.impossible` (IMAP; not needed and not asked for anyway), or `job.running` for the first job to be stopped.
 */
export const refuseReconfiguration = (
  connection: Connection,
  { anyway }: Pick<Reconfiguration, 'anyway'>,
  jobs: Iterable<Job>,
  running: ReadonlySet<JobId>,
): MailferryError | undefined => {
  const { name } = connection
  const plan = reconfigurationPlan(connection, jobs, running)
  if (plan.possible === 'no') return new MailferryError('reconfigure.impossible', { connection: name, reason: plan.reason })
  const [busy] = plan.running
  if (busy !== undefined) return new MailferryError('job.running', { job: busy.name, operation: 'reconfiguring its connection' })
  if (plan.possible === 'notNeeded' && anyway !== true) {
    return new MailferryError('reconfigure.impossible', { connection: name, reason: `it isn't needed. ${plan.reason}` })
  }
  return undefined
}

/**
 * Whether a connection may be reconfigured so, jobs or no jobs.
 *
 * @returns what `refuseReconfiguration` answers, `immutable`, `organisation.different`, `organisation.unproven`, or nothing where it may be done.
 */
export const mayReconfigure = (
  connection: Connection,
  wanted: Reconfiguration,
  jobs: Iterable<Job>,
  running: ReadonlySet<JobId>,
): MailferryError | undefined => {
  const { name, verification } = connection
  const refusal = refuseReconfiguration(connection, wanted, jobs, running)
  if (refusal !== undefined) return refusal
  if (wanted.settings.kind !== connection.settings.kind) return new MailferryError('immutable', { connection: name, field: 'kind' })
  const recorded = 'recorded' in verification ? verification.recorded?.organisation : undefined
  if (wanted.evidence === 'different') {
    return new MailferryError('organisation.different', {
      connection: name,
      recorded: recorded ?? 'unknown',
      found: wanted.found ?? 'another one',
    })
  }
  const responsible = wanted.typedName === name && notNeeded(connection.settings) === undefined
  if (wanted.evidence === 'unproven' && !responsible) return new MailferryError('organisation.unproven', { connection: name })
  return undefined
}
