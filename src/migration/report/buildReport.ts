import type { Connection } from '../../domain/connection.ts'
import type { Job } from '../../domain/job.ts'
import type { Language } from '../../domain/language.ts'
import type { ContentFormat } from '../../domain/mail.ts'
import { notExamined } from '../../domain/notExamined.ts'
import type { PairState } from '../../domain/pair.ts'
import { findConnection } from '../../ledger/connections.ts'
import { countsOf } from '../../ledger/counts.ts'
import { foldersOf } from '../../ledger/folders.ts'
import type { Ledger, Reader } from '../../ledger/ledger.ts'
import { listPairs, pairStates } from '../../ledger/pairs.ts'
import type { PairRow } from '../../ledger/rows.ts'
import { countReasons } from './countReasons.ts'
import { listItems } from './listItems.ts'
import type { ListedItem, PairReport, Report, ReportConnection, Totals, Verdict } from './model.ts'
import { pairReport } from './pairReport.ts'
import { addTotals, noTotals, totalsOf, unproven } from './totals.ts'

export interface ReportOptions {
  /** Mailferry's own. */
  readonly version: string
  /** Of its sentences; English unless said. */
  readonly language?: Language
}

/** Reads a job's result from the ledger. Holds no more than a mailbox's folders in memory, whatever the number of items. */
export async function report({ db, clock }: Ledger, job: Job, { version, language = 'en' }: ReportOptions): Promise<Report> {
  let totals = noTotals
  let brokenFolders = 0
  for await (const pair of allPairs(db, job)) {
    totals = addTotals(totals, totalsOf(await countsOf(db, pair.id)))
    for (const { error } of await foldersOf(db, pair.id)) if (error) brokenFolders++
  }
  const states = Object.fromEntries((await pairStates(db, job.id)).map(({ state, pairs }) => [state, pairs]))
  const [source, target] = await Promise.all([findConnection(db, job.source), findConnection(db, job.target)])
  return {
    format: 1,
    language,
    version,
    at: new Date(clock.now()).toISOString(),
    job: {
      name: job.name,
      policy: job.settings.policy,
      filters: job.settings.filters,
      contentFormats: formatsOf(totals),
      created: madeAt(job.id),
    },
    source: connectionReport(source),
    target: connectionReport(target),
    verdict: verdictOf(states, unproven(totals) + brokenFolders),
    pairs: Object.values(states).reduce((sum, pairs) => sum + pairs, 0),
    states,
    totals,
    notExamined: notExamined(source.settings.kind, job.settings),
    reasons: await countReasons(language, allItems(db, job, language)),
    pairReports: () => pairReports(db, job, language),
    items: () => allItems(db, job, language),
  }
}

/** Before anything is written nobody knows. */
const formatsOf = ({ written, fts, mailboxItem }: Totals): ContentFormat[] => [
  ...(fts > 0 ? (['fts'] as const) : []),
  ...(mailboxItem > 0 ? (['mailboxItem'] as const) : []),
  ...(written.items > fts + mailboxItem ? (['rfc822'] as const) : []),
]

const pairsAtOnce = 500

async function* allPairs(db: Reader, job: Job): AsyncGenerator<PairRow, void, undefined> {
  let after: PairRow | undefined
  for (;;) {
    const pairs = await listPairs(db, job.id, { limit: pairsAtOnce, ...(after && { after }) })
    yield* pairs
    after = pairs.at(-1)
    if (pairs.length < pairsAtOnce) return
  }
}

async function* pairReports(db: Reader, job: Job, language: Language): AsyncGenerator<PairReport, void, undefined> {
  for await (const pair of allPairs(db, job)) yield await pairReport(db, pair, language)
}

async function* allItems(db: Reader, job: Job, language: Language): AsyncGenerator<readonly ListedItem[], void, undefined> {
  for await (const pair of allPairs(db, job)) yield* listItems(db, pair, language)
}

const through: ReadonlySet<string> = new Set<PairState['state']>(['completed', 'completedWithDifferences'])

function verdictOf(states: Readonly<Record<string, number>>, missing: number): Verdict {
  const isThrough = Object.keys(states).every(state => through.has(state)) && Object.keys(states).length > 0
  if (!isThrough) return 'incomplete'
  return missing === 0 ? 'complete' : 'differences'
}

function connectionReport({ name, settings, verification }: Connection): ReportConnection {
  const recorded = 'recorded' in verification ? verification.recorded : undefined
  return {
    name,
    kind: settings.kind,
    ...(settings.kind === 'imap' && { server: `${settings.server.host}:${settings.server.port}` }),
    ...(recorded?.serverVersion !== undefined && { serverVersion: recorded.serverVersion }),
    ...(recorded && { verified: recorded.at }),
  }
}

/** A UUIDv7 begins with its time, 48 bits of milliseconds (RFC 9562, 5.7). */
const madeAt = (id: string): string => new Date(Number.parseInt(id.replaceAll('-', '').slice(0, 12), 16)).toISOString()
