import type {
  Connection,
  ConnectionSettings,
  ExchangeServer,
  ImapServer,
  Recorded,
  Role,
  Verification,
} from '../../src/domain/connection.ts'
import { MailferryError } from '../../src/domain/errors.ts'
import { asConnectionId, asJobId } from '../../src/domain/ids.ts'
import { defaultJobSettings, type Job, type JobSettings } from '../../src/domain/job.ts'
import type { Mailbox } from '../../src/domain/pair.ts'

export const recorded: Recorded = {
  at: '2026-01-01T00:00:00.000Z',
  organisation: 'org-1',
  acceptedDomains: ['old.example'],
  adminAddress: 'admin@old.example',
}
export const verified: Verification = { state: 'verified', recorded }
export const stale: Extract<Verification, { state: 'stale' }> = {
  state: 'stale',
  recorded,
  reason: 'declared',
  detail: 'the domain old.example moves',
  since: recorded.at,
}

export const imap = (server: Partial<ImapServer> = {}): ConnectionSettings => ({
  kind: 'imap',
  server: { host: 'mail.example', port: 993, tls: 'implicit', ...server },
  signIn: { method: 'mailbox' },
})
export const exchange = (server: ExchangeServer = { by: 'host', host: 'ex.example' }, user = 'admin@old.example'): ConnectionSettings => ({
  kind: 'exchange',
  server,
  admin: { user, method: 'basic', access: 'impersonation' },
})
export const office365 = (user = 'admin@old.example'): ConnectionSettings => ({ kind: 'office365', signIn: { method: 'admin', user } })
export const application: ConnectionSettings = {
  kind: 'office365',
  signIn: { method: 'application', tenant: 'org-1', clientId: 'app', credential: 'certificate' },
}

/** A verified connection, called and identified by its name. */
export const connection = (
  name: string,
  settings: ConnectionSettings = imap(),
  more: { role?: Role; verification?: Verification } = {},
): Connection => ({
  id: asConnectionId(name),
  name,
  role: 'source',
  settings,
  verification: verified,
  ...more,
})

export const job = (name: string, source = 'Old', target = 'New', settings: Partial<JobSettings> = {}): Job => ({
  id: asJobId(name),
  name,
  source: asConnectionId(source),
  target: asConnectionId(target),
  settings: { ...defaultJobSettings, ...settings },
  wanted: 'stop',
})

export const pair = (source: string, target = source): { source: Mailbox; target: Mailbox } => ({
  source: { address: source },
  target: { address: target },
})

/** The code of a refusal, or what else came instead. */
export const code = (result: unknown): unknown => (result instanceof MailferryError ? result.code : result)
