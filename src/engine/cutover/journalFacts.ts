import { hostKey } from '../../domain/addresses.ts'
import type { Connection, ConnectionSettings } from '../../domain/connection.ts'
import type { ConnectionFacts } from '../../domain/cutover/facts.ts'
import { dependences } from '../../domain/domainChange.ts'
import type { JournalDetail } from '../../ledger/journal.ts'
import { optional, parse } from '../../ledger/json.ts'
import type { Reader } from '../../ledger/ledger.ts'

export interface Entry {
  readonly at: string
  readonly what: string
  readonly detail: JournalDetail
}

/** A subject's entries of these kinds, oldest first. */
export async function entriesOf(db: Reader, subject: string, what: readonly string[]): Promise<Entry[]> {
  const rows = await db
    .selectFrom('journal')
    .select(['at', 'what', 'detail'])
    .where('subject', '=', subject)
    .where('what', 'in', what)
    .orderBy('id')
    .execute()
  return rows.map(row => ({ at: row.at, what: row.what, detail: row.detail === null ? {} : parse<JournalDetail>(row.detail) }))
}

type Told = Pick<ConnectionFacts, 'declaredAt' | 'foundStaleAt' | 'reconfiguredAt'>

/** What a connection's journal tells of a domain's change. */
export async function changeOf(db: Reader, { id, verification }: Connection, domain: string): Promise<Told> {
  const entries = await entriesOf(db, id, [
    'domain.declared',
    'domain.declarationUndone',
    'connection.verification',
    'connection.reconfigured',
  ])
  let told: { declaredAt?: string | undefined; foundStaleAt?: string | undefined; reconfiguredAt?: string | undefined } = {}
  for (const { at, what, detail } of entries) {
    if (what === 'domain.declared' && isOf(detail, domain)) told = { declaredAt: at }
    if (what === 'domain.declarationUndone' && isOf(detail, domain)) told = { ...told, declaredAt: undefined }
    if (what === 'connection.verification' && wentStale(detail, domain)) told = { ...told, foundStaleAt: at }
    if (
      what === 'connection.reconfigured' &&
      (told.declaredAt !== undefined || told.foundStaleAt !== undefined || depended(detail, domain))
    )
      told = { ...told, reconfiguredAt: at }
  }
  const since = verification.state === 'stale' && namesDomain(verification.detail, domain) ? verification.since : undefined
  return {
    ...optional('declaredAt', told.declaredAt),
    ...optional('foundStaleAt', told.foundStaleAt ?? (told.declaredAt === undefined ? since : undefined)),
    ...optional('reconfiguredAt', told.reconfiguredAt),
  }
}

const isOf = (detail: JournalDetail, domain: string): boolean => hostKey(String(detail['domain'])) === hostKey(domain)

/** A declaration has its own entry. */
const wentStale = ({ to, reason, why }: JournalDetail, domain: string): boolean =>
  to === 'stale' && reason !== 'declared' && namesDomain(String(why), domain)

/** Whether the words of a reason name the domain itself, not one that lies in it or ends like it. */
const namesDomain = (words: string, domain: string): boolean =>
  words
    .toLowerCase()
    .split(/[\s;,@]+/)
    .includes(hostKey(domain))

/** Whether the settings that were replaced depended on the domain; they were valid settings of ours, which the journal keeps as they were. */
const depended = ({ from }: JournalDetail, domain: string): boolean =>
  dependences({ settings: from as ConnectionSettings, verification: { state: 'unverified' } }, domain).length > 0
