import { describe } from '../domain/errorText.ts'
import { countsText } from '../views/rows/jobText.ts'
import type { ProblemNode } from '../views/rows/node.ts'
import { pairStateText, problemOf } from '../views/rows/pairText.ts'
import type { App } from './app.ts'
import { showText } from './support/showText.ts'

/** Shows all that is known of a mailbox's problem: what happened, what to do, and how far it was. */
export async function showProblem(app: App, picked?: ProblemNode): Promise<void> {
  const pair = picked && app.mirror.pair(picked.job, picked.pair)
  const job = picked && app.mirror.job(picked.job)
  if (pair === undefined || job === undefined) return
  const { l10n } = app.wording
  const { source, target, state, counts } = pair
  const problem = problemOf(state)
  const said = problem && describe(problem)
  const lines = [
    l10n.t('Job: {0}', job.name),
    l10n.t('State: {0}', pairStateText(app.wording, state, counts, 0)),
    l10n.t('Progress: {0}', countsText(app.wording, counts)),
    ...(said === undefined ? [] : ['', said.message, '', said.next]),
    '',
    l10n.t('The job’s report lists every message that differs or wasn’t migrated, with the reason.'),
  ]
  await showText(source.address === target.address ? source.address : `${source.address} → ${target.address}`, lines.join('\n'))
}
