import type { ImapServer, ImapSettings } from '../../domain/connection.ts'
import { defaultJobSettings, defaultLimits, type JobSettings } from '../../domain/job.ts'
import type { PlanConnection } from '../../rpc/plan.ts'
import { defined } from './defined.ts'
import type { ReadJob } from './readPlan.ts'

/** What a plan's connection means in the domain, defaults filled in. */
export function connectionSettings({ server, signIn }: PlanConnection): ImapSettings {
  const tls = server.tls ?? 'implicit'
  const fingerprint = server.fingerprint?.replaceAll(':', '').toLowerCase()
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

/** The settings a plan gives a job; what it doesn't mention has its default, so that one plan always means the same. */
export function jobSettings(job: ReadJob): JobSettings {
  const { policy, newestFirst, subscriptions, allowSharedTargets, cutOver, filters = {}, folders = [], limits = {} } = job
  return {
    ...defaultJobSettings,
    ...defined({ policy, newestFirst, subscriptions, allowSharedTargets, cutOver }),
    filters: defined(filters),
    folderMap: folders.map(({ source, target }) => ({ source: namesOf(source), target: namesOf(target) })),
    limits: { ...defaultLimits, ...defined(limits) },
  }
}

const namesOf = (path: string | readonly string[]): readonly string[] =>
  typeof path === 'string' ? path.split('/').filter(name => name !== '') : path
