import type { App } from '../app.ts'
import { actOnEach, tellRefusals } from './actOnEach.ts'
import type { JobPart } from './chosen.ts'
import { mailboxesOf } from './mailboxesOf.ts'
import { refuseStaleConnections } from './refuseStaleConnections.ts'

interface RunOptions {
  readonly delta: boolean
  /** Of each mailbox, this once. */
  readonly deletionsAllowed?: number
}

/**
 * Queues jobs, or some of their mailboxes. One that is refused, for a stale connection say, keeps none of the others from it. The outcome, hours later perhaps, is told
 * by whoever watches the jobs.
 */
export async function runParts(app: App, parts: readonly JobPart[], options: RunOptions): Promise<void> {
  const { l10n, number } = app.wording
  const refusals = await actOnEach(
    app.wording,
    parts,
    ({ job }) => job.name,
    async part => {
      refuseStaleConnections(app, part.job, options.delta ? 'delta' : 'start')
      await app.engine.call('job.queue', { name: part.job.id, ...options, ...mailboxesOf(part) })
    },
  )
  await tellRefusals(app, refusals, l10n.t('{0} of {1} jobs started.', number(parts.length - refusals.length), number(parts.length)))
}
