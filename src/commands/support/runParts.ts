import { window } from 'vscode'
import { MailferryError } from '../../domain/errors.ts'
import { type GatedOperation, refuseStale } from '../../domain/staleGate.ts'
import type { RunResult } from '../../rpc/results.ts'
import { jobStateText, mailboxesText, stateOf } from '../../views/rows/jobText.ts'
import type { App } from '../app.ts'
import type { JobPart } from './chosen.ts'
import { showError } from './showError.ts'

interface RunOptions {
  readonly delta: boolean
  /** Of each mailbox, this once. */
  readonly deletionsAllowed?: number
}

/**
 * Runs jobs, or some of their mailboxes. A job with a stale connection is refused before any is started; the engine refuses it again. Ends when all are
 * under way: each tells its outcome by itself, hours later perhaps.
 */
export async function runParts(app: App, parts: readonly JobPart[], options: RunOptions): Promise<void> {
  for (const { job } of parts) refuseStaleConnections(app, job, options.delta ? 'delta' : 'start')
  for (const part of parts) {
    run(app, part, options).then(
      result => tellOutcome(app, result),
      thrown => showError(app, thrown),
    )
  }
}

const run = (app: App, { job, pairs }: JobPart, options: RunOptions): Promise<RunResult> =>
  app.engine.call('job.start', { name: job.id, ...options, ...(pairs === undefined ? {} : { mailboxes: pairs.map(({ id }) => id) }) })

/** Throws `stale`, naming the connection. */
export function refuseStaleConnections(app: App, job: JobPart['job'], operation: GatedOperation): void {
  for (const name of [job.source, job.target]) {
    const connection = app.mirror.connections.find(other => other.name === name)
    const refusal = connection && refuseStale(connection, operation)
    if (refusal !== undefined) throw refusal
  }
}

function tellOutcome(app: App, { endedBy, ...job }: RunResult): void {
  const { l10n } = app.wording
  const text = l10n.t('“{0}”: {1}, {2}.', job.name, jobStateText(app.wording, stateOf(job)), mailboxesText(app.wording, job.pairs))
  if (endedBy !== undefined) void showError(app, new MailferryError(endedBy.code, endedBy.params))
  else if ((job.states.failed ?? 0) + (job.states.waiting ?? 0) > 0) void offerJobs(app, text)
  else void window.showInformationMessage(text)
}

async function offerJobs(app: App, text: string): Promise<void> {
  const show = app.wording.l10n.t('Show jobs')
  if ((await window.showWarningMessage(text, show)) === show) await app.run('showJobs')
}
