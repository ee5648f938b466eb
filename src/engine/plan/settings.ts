import type {
  ConnectionSettings,
  ExchangeServer,
  ExchangeSettings,
  ExchangeTrust,
  ImapServer,
  ImapSettings,
  Office365Settings,
} from '../../domain/connection.ts'
import { defaultJobSettings, defaultLimits, type JobSettings } from '../../domain/job.ts'
import type { Schedule } from '../../domain/schedule.ts'
import type { PlanConnection } from '../../rpc/plan.ts'
import { defined } from './defined.ts'
import type { ReadJob } from './readPlan.ts'

/** What a plan's connection means in the domain, defaults filled in. */
export function connectionSettings(planned: PlanConnection): ConnectionSettings {
  switch (planned.kind) {
    case 'imap':
      return imapSettings(planned)
    case 'exchange':
      return exchangeSettings(planned)
    case 'office365':
      return office365Settings(planned)
  }
}

function office365Settings({ cloud, at, trust, signIn, ews }: Extract<PlanConnection, { kind: 'office365' }>): Office365Settings {
  return {
    kind: 'office365',
    ...defined({ cloud, at, ews }),
    ...(trust?.caFile === undefined ? {} : { trust: { caFile: trust.caFile } }),
    signIn: signIn.method === 'admin' ? { method: 'admin', user: signIn.user, ...defined({ clientId: signIn.clientId }) } : signIn,
  }
}

function imapSettings({ server, signIn }: Extract<PlanConnection, { kind: 'imap' }>): ImapSettings {
  const tls = server.tls ?? 'implicit'
  const fingerprint = plainFingerprint(server.fingerprint)
  const { allowPlaintext, caFile, compress } = server
  const meant: ImapServer = {
    host: server.host,
    port: server.port ?? (tls === 'implicit' ? 993 : 143),
    tls,
    ...defined({ allowPlaintext, fingerprint, caFile, compress }),
  }
  return {
    kind: 'imap',
    server: meant,
    signIn: signIn.method === 'token' ? { method: 'token', ...defined({ mechanism: signIn.mechanism }) } : signIn,
  }
}

function exchangeSettings({ server, trust, admin }: Extract<PlanConnection, { kind: 'exchange' }>): ExchangeSettings {
  const trusted = trust === undefined ? {} : exchangeTrust(trust)
  return {
    kind: 'exchange',
    server: exchangeServer(server),
    ...(Object.keys(trusted).length === 0 ? {} : { trust: trusted }),
    admin: { user: admin.user, method: admin.method ?? 'ntlm', access: admin.access ?? 'impersonation' },
  }
}

const exchangeServer = (server: Extract<PlanConnection, { kind: 'exchange' }>['server']): ExchangeServer => {
  if ('url' in server) return { by: 'url', url: server.url }
  if ('host' in server) return { by: 'host', host: server.host }
  return { by: 'autodiscover', domain: server.autodiscover.domain, ...defined({ at: server.autodiscover.at }) }
}

const exchangeTrust = ({
  fingerprints,
  caFile,
  allowOldTls,
}: NonNullable<Extract<PlanConnection, { kind: 'exchange' }>['trust']>): ExchangeTrust =>
  defined({ fingerprints: fingerprints?.map(fingerprint => plainFingerprint(fingerprint) ?? fingerprint), caFile, allowOldTls })

const plainFingerprint = (text: string | undefined): string | undefined => text?.replaceAll(':', '').toLowerCase()

/** The settings a plan gives a job; what it doesn't mention has its default, so that one plan always means the same. */
export function jobSettings(job: ReadJob): JobSettings {
  const {
    policy,
    newestFirst,
    subscriptions,
    allowSharedTargets,
    cutOver,
    archives,
    unprovenTransfer,
    filters = {},
    folders = [],
    limits = {},
    schedule,
  } = job
  return {
    ...defaultJobSettings,
    ...defined({ policy, newestFirst, subscriptions, allowSharedTargets, cutOver, archives, unprovenTransfer }),
    filters: defined(filters),
    folderMap: folders.map(({ source, target }) => ({ source: namesOf(source), target: namesOf(target) })),
    limits: { ...defaultLimits, ...defined(limits) },
    ...(schedule === undefined ? {} : { schedule: scheduleOf(schedule) }),
  }
}

const scheduleOf = ({ timeZone, ...rest }: NonNullable<ReadJob['schedule']>): Schedule => ({ timeZone, ...defined(rest) })

const namesOf = (path: string | readonly string[]): readonly string[] =>
  typeof path === 'string' ? path.split('/').filter(name => name !== '') : path
