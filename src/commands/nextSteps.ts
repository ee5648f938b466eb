import type { StoredError } from '../domain/pair.ts'

/** What a person may do right there about an error. */
export type NextStep =
  | { readonly step: 'showJobs' }
  | { readonly step: 'showLog' }
  | { readonly step: 'restartEngine' }
  | { readonly step: 'reconfigure' | 'enterCredentials' | 'trustCertificate' | 'test'; readonly connection: string }
  | { readonly step: 'stopJob' | 'showJob' | 'reportJob'; readonly job: string }

/**
 * The steps that help with an error, the best one first; what errors don't name can't be offered.
 *
 * @param canReconfigure whether the connection of this name can be reconfigured while jobs use it
 */
export function nextSteps(error: StoredError, canReconfigure: (connection: string) => boolean): readonly NextStep[] {
  switch (error.code) {
    case 'inUse': {
      const { connection } = error.params
      return [{ step: 'showJobs' }, ...(canReconfigure(connection) ? [{ step: 'reconfigure', connection } as const] : [])]
    }
    case 'imap.hostChanged':
      return [{ step: 'showJobs' }]
    case 'stale':
      return [{ step: 'reconfigure', connection: error.params.connection }]
    case 'secret.missing':
    case 'signIn.stopped':
      return [{ step: 'enterCredentials', connection: error.params.connection }]
    case 'job.running':
    case 'pair.running':
      return [{ step: 'stopJob', job: error.params.job }]
    case 'engine.failed':
      return [{ step: 'restartEngine' }, { step: 'showLog' }]
    case 'engine.died':
    case 'engine.channel':
    case 'internal':
      return [{ step: 'showLog' }]
    default:
      return []
  }
}
