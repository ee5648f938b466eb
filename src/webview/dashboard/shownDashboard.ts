import { endsSoon } from '../../domain/expiry.ts'
import type { JobId } from '../../domain/ids.ts'
import type { EngineState } from '../../editor/engineClient.ts'
import type { ConnectionSummary, JobSummary } from '../../rpc/results.ts'
import { attentionOf, causeText, connectionRow } from '../../views/rows/connectionRow.ts'
import { expiryText } from '../../views/rows/expiryText.ts'
import { jobRow } from '../../views/rows/jobRow.ts'
import { jobProgress, mailboxesText, stateOf } from '../../views/rows/jobText.ts'
import type { Wording } from '../../views/wording.ts'
import type { DashboardState, NewsItem, Offer, ShownConnection, ShownJob } from './messages.ts'
import { dashboardWords } from './words.ts'

export interface DashboardOf {
  readonly engine: EngineState
  readonly connections: readonly ConnectionSummary[]
  readonly jobs: readonly JobSummary[]
  /** Messages a second, over the last seconds. */
  readonly speedOf: (job: JobId) => number
  /** Messages a second of all jobs, the oldest first. */
  readonly samples: readonly number[]
  /** Milliseconds that the samples are about. */
  readonly span: number
}

/** What the dashboard says. Long lists are cut: the trees have them all. */
export function shownDashboard(wording: Wording, of: DashboardOf): DashboardState {
  const { l10n, number } = wording
  const { connections, jobs, samples } = of
  const most = Math.max(...samples, 0)
  const bad = badOf(wording, of)
  const ofRole = (role: 'source' | 'target') => connections.filter(one => one.role === role)
  const [sources, targets] = [ofRole('source'), ofRole('target')]
  return {
    words: dashboardWords(l10n),
    start: startOf(wording, of),
    good: goodOf(wording, of).slice(0, shown),
    bad: bad.slice(0, shown),
    jobs: jobs.slice(0, shown).map(job => shownJob(wording, job, of.speedOf(job.id))),
    ...(most === 0
      ? {}
      : {
          chart: {
            samples,
            now: l10n.t('{0} messages a second now', number(samples.at(-1) ?? 0)),
            most: l10n.t('{0} at most', number(most)),
            span: spanText(wording, of.span),
          },
        }),
    sources: sources.slice(0, shown).map(one => shownConnection(wording, one)),
    targets: targets.slice(0, shown).map(one => shownConnection(wording, one)),
    more: {
      ...moreOf(wording, 'bad', bad.length),
      ...moreOf(wording, 'jobs', jobs.length),
      ...moreOf(wording, 'sources', sources.length),
      ...moreOf(wording, 'targets', targets.length),
    },
    help: [
      { title: l10n.t('First steps, with pictures'), does: { on: 'nothing', run: 'openWalkthrough' } },
      { title: l10n.t('Domain cutover checklist'), does: { on: 'nothing', run: 'openCutoverChecklist' } },
      { title: l10n.t('Declare a domain change…'), does: { on: 'nothing', run: 'declareDomainChange' } },
      { title: l10n.t('Test all connections'), does: { on: 'nothing', run: 'testAllConnections' } },
      { title: l10n.t('Journal'), does: { on: 'nothing', run: 'showJournal' } },
      { title: l10n.t('Show log'), does: { on: 'nothing', run: 'showLog' } },
    ],
  }
}

const spanText = ({ l10n, number }: Wording, milliseconds: number): string =>
  milliseconds < 120_000
    ? l10n.t('the last {0} seconds', number(milliseconds / 1000))
    : l10n.t('the last {0} minutes', number(milliseconds / 60_000))

/** Entries of each list. */
const shown = 50

const moreOf = ({ l10n, number }: Wording, of: keyof DashboardState['more'], length: number): DashboardState['more'] =>
  length <= shown ? {} : { [of]: l10n.t('And {0} more, in the trees.', number(length - shown)) }

function startOf({ l10n }: Wording, { connections, jobs }: DashboardOf): DashboardState['start'] {
  const has = (role: 'source' | 'target'): boolean => connections.some(one => one.role === role)
  const ran = jobs.some(job => !['empty', 'new'].includes(stateOf(job)))
  return [
    {
      text: l10n.t('Define where the mailboxes are now.'),
      done: has('source'),
      offer: { title: l10n.t('New source connection'), does: { on: 'nothing', run: 'newSourceConnection' } },
    },
    {
      text: l10n.t('Define where they go.'),
      done: has('target'),
      offer: { title: l10n.t('New target connection'), does: { on: 'nothing', run: 'newTargetConnection' } },
    },
    {
      text: l10n.t('Say which mailboxes go where, and when.'),
      done: jobs.length > 0,
      offer: { title: l10n.t('New job'), does: { on: 'nothing', run: 'newJob' } },
    },
    ...jobs.slice(0, 1).map(({ id }) => ({
      text: l10n.t('Start it. What is on the source is only read, never changed.'),
      done: ran,
      offer: { title: l10n.t('Start'), does: { on: 'job' as const, run: 'startJob' as const, id } },
    })),
    ...(connections.length > 0
      ? []
      : [
          {
            text: l10n.t('Or try everything without a server of your own.'),
            done: false,
            offer: { title: l10n.t('Try it with the sandbox'), does: { on: 'nothing' as const, run: 'startSandbox' as const } },
          },
        ]),
  ]
}

function goodOf(wording: Wording, { connections, jobs }: DashboardOf): string[] {
  const { l10n, number } = wording
  const verified = connections.filter(({ verification }) => verification.state === 'verified').length
  return [
    ...jobs
      .filter(job => stateOf(job) === 'completed')
      .map(job => l10n.t('“{0}” is completed: {1}, everything read back.', job.name, mailboxesText(wording, job.pairs))),
    ...jobs
      .filter(job => stateOf(job) === 'running')
      .map(job => l10n.t('“{0}” is running: {1} of {2} mailboxes are done.', job.name, number(endedIn(job)), number(job.pairs))),
    ...(verified === 0 ? [] : [l10n.t('{0} of {1} connections are verified.', number(verified), number(connections.length))]),
  ]
}

const endedIn = ({ states: { completed = 0, completedWithDifferences = 0 } }: JobSummary): number => completed + completedWithDifferences

function badOf(wording: Wording, { engine, connections, jobs }: DashboardOf): NewsItem[] {
  return [
    ...(engine.state === 'failed' ? [engineTrouble(wording, wording.describe(engine.reason).message)] : []),
    ...connections.flatMap(connection => connectionTrouble(wording, connection)),
    ...jobs.flatMap(job => jobTrouble(wording, job)),
  ]
}

const engineTrouble = ({ l10n }: Wording, text: string): NewsItem => ({
  text,
  offers: [
    { title: l10n.t('Try again'), does: { on: 'nothing', run: 'restartEngine' } },
    { title: l10n.t('Show log'), does: { on: 'nothing', run: 'showLog' } },
  ],
})

function connectionTrouble(wording: Wording, { id, name, verification, usedBy }: ConnectionSummary): NewsItem[] {
  const { l10n } = wording
  const test: Offer = { title: l10n.t('Test connection'), does: { on: 'connection', run: 'testConnection', id } }
  const enter: Offer = { title: l10n.t('Enter credentials…'), does: { on: 'connection', run: 'enterCredentials', id } }
  switch (verification.state) {
    case 'verified': {
      const ends = endsSoon(verification, wording.now())
      if (ends === undefined) return []
      const renew: Offer = { title: l10n.t('Renew certificate…'), does: { on: 'connection', run: 'renewCertificate', id } }
      const offers = ends.what === 'certificate' ? [renew, enter] : [enter]
      return [{ text: l10n.t('“{0}”: {1}.', name, expiryText(wording, ends)), offers }]
    }
    case 'unverified':
      return usedBy.length === 0 ? [] : [{ text: l10n.t('“{0}” is used by a job, but not verified.', name), offers: [test] }]
    case 'stale': {
      const offer: Offer = { title: l10n.t('Reconfigure…'), does: { on: 'connection', run: 'reconfigureConnection', id } }
      return [{ text: l10n.t('“{0}” is stale: its server or admin account has changed. Its jobs wait for that.', name), offers: [offer] }]
    }
    case 'credentialsNeeded':
      return [{ text: l10n.t('“{0}” needs credentials: the server refused the sign-in.', name), offers: [enter] }]
    case 'unreachable':
      return [{ text: l10n.t('“{0}” is unreachable: {1}', name, causeText(wording, verification)), offers: [test] }]
  }
}

function jobTrouble(wording: Wording, { id, name, states }: JobSummary): NewsItem[] {
  const { l10n } = wording
  const { failed = 0, waiting = 0, completedWithDifferences = 0 } = states
  const look: Offer = { title: l10n.t('Show job'), does: { on: 'job', run: 'showJob', id } }
  const report: Offer = { title: l10n.t('Report…'), does: { on: 'job', run: 'reportJob', id } }
  return [
    ...(failed === 0 ? [] : [{ text: l10n.t('“{0}”: {1} failed.', name, mailboxesText(wording, failed)), offers: [look] }]),
    ...(waiting === 0 ? [] : [{ text: l10n.t('“{0}”: {1} wait.', name, mailboxesText(wording, waiting)), offers: [look] }]),
    ...(completedWithDifferences === 0
      ? []
      : [
          {
            text: l10n.t('“{0}”: {1} completed with differences.', name, mailboxesText(wording, completedWithDifferences)),
            offers: [report],
          },
        ]),
  ]
}

function shownJob(wording: Wording, job: JobSummary, perSecond: number): ShownJob {
  const { l10n } = wording
  const { id, name, source, target } = job
  const { tokens, description } = jobRow(wording, job, perSecond)
  const offers: Offer[] = [
    ...(tokens.includes('startable') ? [{ title: l10n.t('Start'), does: { on: 'job', run: 'startJob', id } } as const] : []),
    ...(tokens.includes('stoppable') ? [{ title: l10n.t('Stop'), does: { on: 'job', run: 'stopJob', id } } as const] : []),
    { title: l10n.t('Show job'), does: { on: 'job', run: 'showJob', id } },
  ]
  return { name, route: `${source} → ${target}`, state: description ?? '', percent: Math.floor(jobProgress(job) * 100), offers }
}

function shownConnection(wording: Wording, connection: ConnectionSummary): ShownConnection {
  const { l10n } = wording
  const { label, description } = connectionRow(wording, connection)
  return {
    name: label,
    description: description ?? '',
    attention: attentionOf(wording, connection.verification) ?? 'none',
    offers: [{ title: l10n.t('Test'), does: { on: 'connection', run: 'testConnection', id: connection.id } }],
  }
}
