import { CancellationError } from 'vscode'
import type { JobSummary } from '../../rpc/results.ts'
import { stateOf } from '../../views/rows/jobText.ts'
import type { App } from '../app.ts'
import { withProgress } from './withProgress.ts'

/** Stops jobs and waits until none of their mailboxes is worked on any more, in whichever engine; the person may give up waiting. */
export async function untilStopped(app: App, jobs: readonly JobSummary[]): Promise<void> {
  const { l10n } = app.wording
  await withProgress(l10n.t('Stopping jobs…'), async signal => {
    for (const { id } of jobs) await app.engine.call('job.stop', { name: id }, { signal })
    await until(app, () => jobs.every(({ id }) => !isAtWork(app, id)), signal)
  })
}

const isAtWork = (app: App, id: JobSummary['id']): boolean => {
  const job = app.mirror.job(id)
  return job !== undefined && ['running', 'stopping'].includes(stateOf(job))
}

function until(app: App, holds: () => boolean, signal: AbortSignal): Promise<void> {
  if (holds()) return Promise.resolve()
  return new Promise((resolve, reject) => {
    const end = (): void => {
      listening.dispose()
      signal.removeEventListener('abort', giveUp)
    }
    const giveUp = (): void => {
      end()
      reject(new CancellationError())
    }
    const listening = app.mirror.onDidChange(() => {
      if (!holds()) return
      end()
      resolve()
    })
    signal.addEventListener('abort', giveUp, { once: true })
  })
}
