import type { ConnectionSettings, Recorded, Verification } from '../../src/domain/connection.ts'
import { asConnectionId, asEngineId, asJobId, asPairId } from '../../src/domain/ids.ts'
import { defaultJobSettings } from '../../src/domain/job.ts'
import type { PairCounts, PairState } from '../../src/domain/pair.ts'
import type { ConnectionSummary, JobSummary, PairSummary } from '../../src/rpc/results.ts'
import { createWording, type L10n } from '../../src/views/wording.ts'

/** As VS Code's own does it, in the language of the sources. */
const l10n: L10n = { t: (message, ...values) => message.replace(/\{(\d+)\}/g, (_, at) => String(values[Number(at)])) }

/** British English at noon of New Year's Day 2026, UTC. */
export const wording = createWording({ l10n, locale: 'en-GB', timeZone: 'UTC', now: () => Date.parse('2026-01-01T12:00:00Z') })

export const imapSettings: ConnectionSettings = {
  kind: 'imap',
  server: { host: 'imap.old.example', port: 993, tls: 'implicit' },
  signIn: { method: 'mailbox' },
}

export const exchangeSettings: ConnectionSettings = {
  kind: 'exchange',
  server: { by: 'host', host: 'mail.contoso.com' },
  admin: { user: 'mover@contoso.com', method: 'basic', access: 'impersonation' },
}

export const recorded: Recorded = {
  at: '2025-12-31T09:30:00Z',
  organisation: 'forest-1',
  acceptedDomains: ['contoso.com', 'contoso.net'],
  adminAddress: 'mover@contoso.com',
  serverVersion: 'Exchange 2019',
  address: 'https://mail.contoso.com/EWS/Exchange.asmx',
}

export const verified: Verification = { state: 'verified', recorded }
/** At noon of New Year's Day 2026, its certificate has so many days left. */
export const endingIn = (days: number): Verification => ({
  state: 'verified',
  recorded: {
    ...recorded,
    expires: { what: 'certificate', at: new Date(Date.parse('2026-01-01T12:00:00Z') + days * 86_400_000).toISOString() },
  },
})
export const stale: Verification = {
  state: 'stale',
  recorded,
  reason: 'adminAddressChanged',
  detail: 'mover@contoso.com is mover@fabrikam.com now',
  since: '2026-01-01T08:00:00Z',
}
export const credentialsNeeded: Verification = {
  state: 'credentialsNeeded',
  refused: [{ user: 'mover@contoso.com', at: '2026-01-01T08:00:00Z' }],
}
export const unreachable: Verification = { state: 'unreachable', since: '2026-01-01T08:00:00Z', cause: 'no answer' }

export const connection = (more: Partial<ConnectionSummary> = {}): ConnectionSummary => ({
  id: asConnectionId(`id of ${more.name ?? 'Old'}`),
  name: 'Old',
  role: 'source',
  settings: imapSettings,
  verification: { state: 'unverified' },
  usedBy: [],
  ...more,
})

export const counts = (more: Partial<PairCounts> = {}): PairCounts => ({
  items: 0,
  bytes: 0,
  done: 0,
  doneBytes: 0,
  adopted: 0,
  filtered: 0,
  failed: 0,
  ...more,
})

export const job = (more: Partial<JobSummary> = {}): JobSummary => ({
  id: asJobId(`id of ${more.name ?? 'Move'}`),
  name: 'Move',
  source: 'Old',
  target: 'New',
  settings: defaultJobSettings,
  wanted: 'stop',
  pairs: Object.values(more.states ?? {}).reduce((sum, pairs) => sum + pairs, 0),
  states: {},
  counts: counts(),
  ...more,
})

export const running: PairState = { state: 'running', phase: 'copy', owner: asEngineId('engine'), epoch: 1 }

export const pair = (more: Partial<PairSummary> = {}): PairSummary => ({
  id: asPairId('pair'),
  source: { address: 'anna@old.example' },
  target: { address: 'anna@old.example' },
  priority: 0,
  state: { state: 'new' },
  counts: counts(),
  ...more,
})
