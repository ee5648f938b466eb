import { X509Certificate } from 'node:crypto'
import { notNeeded } from '../../domain/reconfigure.ts'
import type { ConnectionSummary } from '../../rpc/results.ts'
import { adminText, kindText, roleText, serverText } from '../../views/rows/connectionText.ts'
import type { L10n, Wording } from '../../views/wording.ts'
import { runningCheck, shownCheck } from '../checks.ts'
import type { ConnectionDraft, ConnectionField } from './draft.ts'
import type { ConnectionStep, ConnectionWizardState, Review, ShownSecret } from './messages.ts'
import { type Model, untrusted } from './model.ts'
import { type ConnectionProblems, fieldOfError, judge } from './problems.ts'
import { settingsOf } from './settingsOf.ts'
import { shownRegistration } from './shownRegistration.ts'
import { connectionWords } from './words.ts'

export interface ShownWith {
  readonly wording: Wording
  readonly connections: readonly ConnectionSummary[]
  /** The steps that are offered for the failure, by title. */
  readonly nextSteps: readonly string[]
}

/** What the page is shown. */
export function shownState(model: Model, { wording, connections, nextSteps }: ShownWith): ConnectionWizardState {
  const { l10n } = wording
  const { draft, mode, existing, tested, failure } = model
  const problems = problemsOf(model, wording, connections)
  const certificate = untrusted(model)
  const review = mode === 'reconfigure' ? reviewOf(model, wording) : undefined
  const verdict = verdictOf(model, wording)
  const registration = model.registration && shownRegistration(model.registration, wording, draft)
  const exempt = mode === 'reconfigure' && existing !== undefined ? notNeeded(existing.settings) : undefined
  const busy = model.saving ? 'saving' : tested?.running ? 'testing' : undefined
  return {
    words: connectionWords(l10n),
    mode,
    title: titleOf(model, wording),
    lead: leadOf(model, wording),
    draft,
    edits: model.edits,
    problems: problems.shown,
    steps: stepsOf(model, problems.all, problems.secret !== undefined, wording),
    secret: secretOf(model, problems.secret, wording),
    ...(registration === undefined ? {} : { registration }),
    checks:
      tested === undefined
        ? []
        : [
            ...tested.checks.map(check => shownCheck(wording, check, { canTrust: draft.kind !== 'office365' })),
            ...(tested.running ? [runningCheck(l10n)] : []),
          ],
    ...(verdict === undefined ? {} : { verdict }),
    ...(busy === undefined ? {} : { busy }),
    ...(certificate === undefined
      ? {}
      : {
          certificate: {
            text: l10n.t('The certificate of {0} is not trusted: {1}.', certificate.host, certificate.reason),
            fingerprint: certificate.fingerprint.toUpperCase().replace(/..(?=.)/g, '$&:'),
          },
        }),
    ...(failure === undefined ? {} : { notice: { level: 'error', ...noticeText(failure, wording), steps: nextSteps } }),
    summary: summaryOf(draft, wording),
    ...(review === undefined ? {} : { review }),
    askResponsible: failure?.code === 'organisation.unproven',
    ...(exempt === undefined
      ? {}
      : { exempt: l10n.t('It isn’t needed. {0} It can be done all the same, within the same tenant.', wording.said('reasons', exempt)) }),
  }
}

const noticeText = (failure: NonNullable<Model['failure']>, { describe }: Wording) => {
  const { message, next } = describe(failure)
  return { text: message, next }
}

export function titleOf({ mode, draft, existing }: Model, { l10n }: Wording): string {
  if (mode === 'new') return draft.role === 'source' ? l10n.t('New source connection') : l10n.t('New target connection')
  const name = existing?.name ?? draft.name
  return mode === 'edit' ? l10n.t('Edit “{0}”', name) : l10n.t('Reconfigure “{0}”', name)
}

function leadOf({ mode }: Model, { l10n }: Wording): string {
  switch (mode) {
    case 'new':
      return l10n.t('Tell where the server is and who signs in. Test shows what works before anything is saved.')
    case 'edit':
      return l10n.t('No job uses it, so everything but its role and kind may change.')
    case 'reconfigure':
      return l10n.t('The new address or admin account of the same organisation, after a domain change. Its jobs keep what they have done.')
  }
}

interface Problems {
  readonly all: ConnectionProblems
  readonly shown: ConnectionProblems
  readonly secret?: string
}

function problemsOf(model: Model, wording: Wording, connections: readonly ConnectionSummary[]): Problems {
  const { l10n, describe } = wording
  const { draft, existing, touched, all, tested, failure, secretGiven } = model
  const others = connections.filter(({ id }) => id !== existing?.id).map(({ name }) => name)
  const judged = { ...judge(wording, draft, others).problems }
  let secret = all && !secretGiven && existing?.secret !== true ? l10n.t('This is needed.') : undefined
  const found = [...(tested?.checks ?? []).flatMap(({ error }) => error ?? []), ...(failure === undefined ? [] : [failure])]
  const told = new Set<ConnectionField>()
  for (const error of found) {
    const field = fieldOfError(draft, error)
    if (field === 'secret') secret ??= describe(error).message
    else if (field !== undefined) {
      judged[field] ??= describe(error).message
      told.add(field)
    }
  }
  const shown = Object.fromEntries(
    Object.entries(judged).filter(([field]) => all || touched.has(field as ConnectionField) || told.has(field as ConnectionField)),
  )
  return { all: judged, shown, ...(secret === undefined ? {} : { secret }) }
}

const stepOf = (field: string): ConnectionStep => {
  if (['name', 'role', 'kind'].includes(field)) return 'type'
  if (
    [
      'tenant',
      'certificate',
      'scope',
      'fullFidelity',
      'clientId',
      'cloudAdmin',
      'publicClient',
      'signInAs',
      'admin',
      'method',
      'access',
      'signIn',
      'imapUser',
      'separator',
      'mechanism',
    ].includes(field)
  )
    return 'admin'
  if (field === 'mailbox') return 'configuration'
  return field === 'responsible' ? 'summary' : 'server'
}

function stepsOf(model: Model, problems: ConnectionProblems, secretProblem: boolean, { l10n }: Wording): ConnectionWizardState['steps'] {
  const { tested, all, touched, secretGiven, existing, failure } = model
  const wrong = new Set(Object.keys(problems).map(stepOf))
  const began = new Set([...touched].map(stepOf))
  const spoken = { open: l10n.t('open'), passed: l10n.t('complete'), failed: l10n.t('to be corrected') }
  const step = (id: ConnectionStep, state: keyof typeof spoken) => ({ id, state, spoken: spoken[state] })
  const filled = (id: ConnectionStep, missing = false): keyof typeof spoken => {
    if (wrong.has(id)) return all || (began.has(id) && id !== 'type') ? 'failed' : 'open'
    return missing ? 'open' : 'passed'
  }
  const hasSecret = secretGiven || existing?.secret === true
  const failed = tested?.checks.some(({ state }) => state === 'failed') ?? false
  return [
    step('type', filled('type')),
    step('server', filled('server')),
    step('admin', secretProblem ? 'failed' : filled('admin', !hasSecret)),
    step('configuration', failed ? 'failed' : tested?.recorded === undefined ? 'open' : 'passed'),
    step('summary', failure === undefined ? 'open' : 'failed'),
  ]
}

/** What the secret is, by the way of signing in. */
function secretForm({ kind, signIn, method, signInAs, publicClient }: ConnectionDraft, l10n: L10n): Pick<ShownSecret, 'as' | 'label'> {
  switch (kind) {
    case 'exchange':
      return { as: 'text', label: method === 'bearer' ? l10n.t('Token') : l10n.t('Password') }
    case 'office365':
      if (signInAs === 'certificate') return { as: 'pem', label: l10n.t('Certificate with its private key') }
      if (signInAs === 'secret') return { as: 'text', label: l10n.t('Client secret') }
      return { as: 'text', label: publicClient.trim() === '' ? l10n.t('Access token') : l10n.t('Refresh token') }
    case 'imap':
      if (signIn === 'mailbox') return { as: 'csv', label: l10n.t('Passwords: CSV with the header mailbox,user,password') }
      if (signIn === 'token') return { as: 'csv', label: l10n.t('Tokens: CSV with the header mailbox,user,token') }
      return { as: 'text', label: l10n.t('Password') }
  }
}

/** ISO 8601; nothing where there is no certificate. */
function certificateUntil(pem: string): string | undefined {
  try {
    return pem === '' ? undefined : new X509Certificate(pem).validToDate.toISOString()
  } catch {
    return undefined
  }
}

function secretOf(
  { draft, secretGiven, existing, file }: Model,
  problem: string | undefined,
  { l10n, number, date }: Wording,
): ShownSecret {
  const until = certificateUntil(draft.certificate)
  const shown = {
    ...secretForm(draft, l10n),
    state: secretGiven ? ('given' as const) : existing?.secret === true ? ('stored' as const) : ('missing' as const),
    ...(problem === undefined ? {} : { problem }),
    ...(secretGiven && until !== undefined ? { until: l10n.t('Its certificate is good until {0}.', date(until)) } : {}),
  }
  if (file === undefined) return shown
  const { name, preview } = file
  const summary =
    preview.problems.length > 0
      ? l10n.t('{0}: {1} rows can’t be used. Nothing was taken from it.', name, number(preview.problems.length))
      : l10n.t('{0}: {1} mailboxes.', name, number(preview.rows))
  const first = preview.first.slice(0, 10).map(({ source, user }) => ({ mailbox: source, user: user ?? source }))
  return { ...shown, file: { name, summary, first, problems: preview.problems } }
}

function verdictOf({ tested, mode, plan }: Model, { l10n }: Wording): string | undefined {
  if (tested === undefined || tested.running) return undefined
  if (tested.recorded === undefined && !tested.checks.some(({ state }) => state === 'failed'))
    return l10n.t('The test ended before it could tell.')
  if (tested.recorded === undefined) return l10n.t('It doesn’t work yet. What failed is said above, with its cure.')
  const { organisation } = tested.recorded
  if (mode === 'reconfigure' && plan !== undefined) return l10n.t('It works, and belongs to the organisation {0}.', organisation)
  return l10n.t('It works. Organisation: {0}.', organisation)
}

function summaryOf(draft: ConnectionDraft, wording: Wording): ConnectionWizardState['summary'] {
  const { l10n } = wording
  const settings = settingsOf(draft)
  return [
    { label: l10n.t('Name'), value: draft.name },
    { label: l10n.t('Role'), value: roleText(wording, draft.role) },
    { label: l10n.t('Kind'), value: kindText(wording, draft.kind) },
    { label: l10n.t('Server'), value: serverText(wording, settings) },
    { label: l10n.t('Admin account'), value: adminText(wording, settings) },
  ]
}

function reviewOf({ draft, existing, plan, secretGiven }: Model, wording: Wording): Review | undefined {
  if (existing === undefined) return undefined
  const { l10n } = wording
  const after = settingsOf(draft)
  const rows = [
    { setting: l10n.t('Server'), before: serverText(wording, existing.settings), after: serverText(wording, after) },
    { setting: l10n.t('Admin account'), before: adminText(wording, existing.settings), after: adminText(wording, after) },
    {
      setting: l10n.t('Secret'),
      before: existing.secret ? l10n.t('stored') : l10n.t('none'),
      after: secretGiven ? l10n.t('a new one') : l10n.t('the same'),
    },
  ]
  const running = plan?.running ?? []
  return {
    reason: wording.said('reasons', plan?.reason ?? ''),
    changes: rows,
    jobs: existing.usedBy.length === 0 ? l10n.t('No job uses it.') : l10n.t('Jobs that use it: {0}', existing.usedBy.join(', ')),
    ...(running.length === 0
      ? {}
      : { running: l10n.t('These run and are stopped first; they finish what they have in hand: {0}', running.join(', ')) }),
  }
}
