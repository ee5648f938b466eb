import type { Role } from '../../domain/connection.ts'
import type { Wording } from '../../views/wording.ts'
import { type ConcernedConnection, type ConcernedJob, type CutoverFacts, type CutoverOf, cutoverFacts, domainsOf } from './facts.ts'
import type { CutoverItem, CutoverState, CutoverStep } from './messages.ts'
import { cutoverWords } from './words.ts'

/** What the checklist says of the domain that was chosen, or of the one that was declared last. */
export function shownCutover(wording: Wording, of: Omit<CutoverOf, 'domain'>, chosen: string | undefined): CutoverState {
  const domains = domainsOf(of.status, of.journal)
  const domain = chosen !== undefined && domains.includes(chosen) ? chosen : (domains[0] ?? '')
  const facts = cutoverFacts({ ...of, domain })
  return { words: cutoverWords(wording.l10n), domains, domain, steps: domain === '' ? [] : stepsOf(wording, domain, facts) }
}

function stepsOf(wording: Wording, domain: string, facts: CutoverFacts): CutoverStep[] {
  const { l10n } = wording
  return [
    {
      id: 'declare',
      title: l10n.t('Declare the domain change'),
      text: l10n.t('The connections that depend on {0} are marked as stale, so that no job runs into the move.', domain),
      items: facts.connections.map(one => declareItem(wording, one)),
    },
    reconfigureStep(wording, facts, 'source'),
    reconfigureStep(wording, facts, 'target'),
    {
      id: 'refresh',
      title: l10n.t('Refresh the email addresses'),
      text: l10n.t('Reads every mailbox’s address of today by its immutable id, on both sides.'),
      items: facts.jobs.map(one =>
        jobItem(wording, one, { run: 'refreshAddresses', title: l10n.t('Refresh addresses'), done: facts.refreshed, told: true }),
      ),
    },
    {
      id: 'delta',
      title: l10n.t('Run a delta migration'),
      text: l10n.t('Carries over what came since the last run.'),
      items: facts.jobs.map(one =>
        jobItem(wording, one, { run: 'runDelta', title: l10n.t('Delta migration'), done: one.ranSince, told: true }),
      ),
    },
    {
      id: 'verify',
      title: l10n.t('Verify'),
      text: l10n.t('Compares both sides as they are now with what was written.'),
      items: facts.jobs.map(one => jobItem(wording, one, { run: 'verifyJob', title: l10n.t('Verify'), done: false, told: false })),
    },
  ]
}

const declareItem = ({ l10n, date }: Wording, { connection, declaredAt }: ConcernedConnection): CutoverItem =>
  declaredAt === undefined
    ? { text: connection.name, state: 'open', offer: { title: l10n.t('Declare…'), does: { type: 'declare' } } }
    : { text: l10n.t('{0}, {1}', connection.name, date(declaredAt)), state: 'done' }

function reconfigureStep(wording: Wording, { connections }: CutoverFacts, role: Role): CutoverStep {
  const { l10n } = wording
  return {
    id: `reconfigure-${role}`,
    title: role === 'source' ? l10n.t('Reconfigure the source') : l10n.t('Reconfigure the target'),
    text: l10n.t(
      'The new server address or admin account, after the domain has moved. Its organisation is compared with the recorded one.',
    ),
    items: connections.filter(({ connection }) => connection.role === role).map(one => reconfigureItem(wording, one)),
  }
}

function reconfigureItem({ l10n, date }: Wording, { connection, declaredAt, reconfiguredAt }: ConcernedConnection): CutoverItem {
  if (reconfiguredAt !== undefined && connection.verification.state !== 'stale') {
    return { text: l10n.t('{0}, {1}', connection.name, date(reconfiguredAt)), state: 'done' }
  }
  return {
    text: connection.name,
    state: declaredAt === undefined ? 'later' : 'open',
    offer: { title: l10n.t('Reconfigure…'), does: { type: 'reconfigure', id: connection.id } },
  }
}

interface JobStep {
  readonly run: 'refreshAddresses' | 'runDelta' | 'verifyJob'
  readonly title: string
  readonly done: boolean
  /** Whether what was done is recorded anywhere. */
  readonly told: boolean
}

function jobItem({ l10n }: Wording, { job, readySince }: ConcernedJob, { run, title, done, told }: JobStep): CutoverItem {
  const state = readySince === undefined ? 'later' : done ? 'done' : told ? 'open' : 'untold'
  return { text: l10n.t('Job “{0}”', job.name), state, offer: { title, does: { type: 'job', run, id: job.id } } }
}
