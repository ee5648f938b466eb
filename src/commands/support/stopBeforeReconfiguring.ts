import type { ConnectionSummary } from '../../rpc/results.ts'
import { stateOf } from '../../views/rows/jobText.ts'
import type { App } from '../app.ts'
import { confirm } from './confirm.ts'
import { untilStopped } from './untilStopped.ts'

/** A connection is reconfigured only while none of its jobs runs: offers to stop those that do, and waits until they have. */
export async function stopBeforeReconfiguring(app: App, { name, usedBy }: ConnectionSummary): Promise<void> {
  const { l10n } = app.wording
  const running = app.mirror.jobs.filter(job => usedBy.includes(job.name) && (stateOf(job) === 'running' || stateOf(job) === 'stopping'))
  if (running.length === 0) return
  await confirm(
    l10n.t('“{0}” can’t be reconfigured while jobs that use it run: {1}.', name, running.map(job => job.name).join(', ')),
    l10n.t('They finish what they have in hand and can be started again afterwards; nothing is lost.'),
    l10n.t('Stop jobs and reconfigure'),
  )
  await untilStopped(app, running)
}
