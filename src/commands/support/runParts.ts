import type { App } from '../app.ts'
import type { JobPart } from './chosen.ts'
import { mailboxesOf } from './mailboxesOf.ts'
import { refuseStaleConnections } from './refuseStaleConnections.ts'

interface RunOptions {
  readonly delta: boolean
  /** Of each mailbox, this once. */
  readonly deletionsAllowed?: number
}

/**
 * Queues jobs, or some of their mailboxes. A job with a stale connection is refused before any is queued; the engine refuses it again. The outcome,
 * hours later perhaps, is told by whoever watches the jobs.
 */
export async function runParts(app: App, parts: readonly JobPart[], options: RunOptions): Promise<void> {
  for (const { job } of parts) refuseStaleConnections(app, job, options.delta ? 'delta' : 'start')
  for (const part of parts) await app.engine.call('job.queue', { name: part.job.id, ...options, ...mailboxesOf(part) })
}
