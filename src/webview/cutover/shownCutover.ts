import { type CutoverStep, isTickStep, type StepId, type StepPart } from '../../domain/cutover/step.ts'
import type { StoredError } from '../../domain/pair.ts'
import type { ConnectionSummary, CutoverResult, JobSummary } from '../../rpc/results.ts'
import type { L10n, Wording } from '../../views/wording.ts'
import type { CutoverMessage, CutoverPart, CutoverState, ShownStep } from './messages.ts'
import { cutoverWords } from './words.ts'

export interface CutoverOf {
  readonly cutovers: readonly CutoverResult[]
  readonly connections: readonly ConnectionSummary[]
  readonly jobs: readonly JobSummary[]
  readonly chosen: string | undefined
  readonly busy: boolean
  readonly failure?: StoredError
}

/** What the checklist says of the domain that was chosen, or of the first that is known. */
export function shownCutover(wording: Wording, of: CutoverOf): CutoverState {
  const { cutovers, chosen, busy, failure } = of
  const cutover = cutovers.find(({ domain }) => domain === chosen) ?? cutovers[0]
  return {
    words: cutoverWords(wording.l10n),
    domains: cutovers.map(({ domain }) => domain),
    domain: cutover?.domain ?? '',
    jobs: cutover === undefined ? '' : wording.l10n.t('Jobs: {0}', cutover.jobs.join(', ')),
    steps: cutover?.steps.map(step => shownStep(wording, step, of)) ?? [],
    busy,
    ...(failure === undefined
      ? {}
      : { notice: { level: 'error' as const, text: wording.describe(failure).message, next: wording.describe(failure).next, steps: [] } }),
  }
}

function shownStep(wording: Wording, { id, phase, title, state, parts, how, tick }: CutoverStep, of: CutoverOf): ShownStep {
  return {
    id,
    phase,
    title: wording.said('cutover', title),
    state,
    parts: parts.map(part => shownPart(wording, id, part, of)),
    how: how.map(line => wording.said('cutover', line)),
    ...(isTickStep(id) && ((state !== 'done' && state !== 'notNeeded') || tick !== undefined)
      ? {
          tick: {
            ticked: tick !== undefined,
            says: { type: 'tick' as const, step: id, done: tick === undefined },
            ...(tick === undefined ? {} : { annotates: { type: 'note' as const, step: id } }),
            note: tick === undefined ? '' : [wording.date(tick.at), ...(tick.note === undefined ? [] : [tick.note])].join(': '),
          },
        }
      : {}),
  }
}

function shownPart(wording: Wording, id: StepId, { subject, state, detail }: StepPart, of: CutoverOf): CutoverPart {
  const offer = state === 'notNeeded' ? undefined : offerOf(wording.l10n, id, subject, of)
  const said = wording.said('cutover', detail)
  return { text: said === '' ? subject : `${subject}: ${said}`, state, ...(offer === undefined ? {} : { offer }) }
}

/** What does a step for its connection or job; nothing for what is done elsewhere. */
function offerOf(l10n: L10n, id: StepId, subject: string, { connections, jobs }: CutoverOf): CutoverPart['offer'] {
  const connection = connections.find(({ name }) => name === subject)
  const job = jobs.find(({ name }) => name === subject)
  const onConnection = (title: string, run: Extract<CutoverMessage, { type: 'connection' }>['run']) =>
    connection && { title, does: { type: 'connection' as const, run, id: connection.id } }
  const onJob = (title: string, run: Extract<CutoverMessage, { type: 'job' }>['run']) =>
    job && { title, does: { type: 'job' as const, run, id: job.id } }
  switch (id) {
    case 'testConnections':
      return onConnection(l10n.t('Test connection'), 'testConnection')
    case 'declare':
      return { title: l10n.t('Declare…'), does: { type: 'declare' } }
    case 'reconfigureSource':
    case 'reconfigureTarget':
      return onConnection(l10n.t('Reconfigure…'), 'reconfigureConnection')
    case 'refreshAddresses':
      return onJob(l10n.t('Refresh addresses'), 'refreshAddresses')
    case 'lastDelta':
    case 'delta':
      return onJob(l10n.t('Delta migration'), 'runDelta')
    case 'verify':
      return onJob(l10n.t('Verify'), 'verifyJob')
    case 'endMirroring':
      return onJob(l10n.t('Edit job…'), 'editJob')
    default:
      return undefined
  }
}
