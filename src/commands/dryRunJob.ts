import type { ForecastEvent } from '../rpc/events.ts'
import type { DryRunResult } from '../rpc/results.ts'
import { wouldCopy, wouldFail } from '../views/dryRunText.ts'
import type { JobNode, Node, PairNode } from '../views/rows/node.ts'
import type { Wording } from '../views/wording.ts'
import type { App } from './app.ts'
import { actOnEach, tellRefusals } from './support/actOnEach.ts'
import { chosenParts, type JobPart } from './support/chosen.ts'
import { mailboxesOf } from './support/mailboxesOf.ts'
import { withProgress } from './support/withProgress.ts'

/** Tells what runs would do, mailbox by mailbox, and writes nothing anywhere. */
export async function dryRunJob(app: App, picked?: JobNode | PairNode, selected?: readonly Node[]): Promise<void> {
  const { l10n, number } = app.wording
  const parts = await chosenParts(app, picked, selected, { title: l10n.t('Dry run of which jobs?'), of: ({ pairs }) => pairs > 0 })
  const refusals = await actOnEach(
    app.wording,
    parts,
    ({ job }) => job.name,
    part => dryRun(app, part),
  )
  await tellRefusals(app, refusals, l10n.t('{0} of {1} jobs looked into.', number(parts.length - refusals.length), number(parts.length)))
}

async function dryRun(app: App, part: JobPart): Promise<void> {
  const { l10n } = app.wording
  const { name, id } = part.job
  const forecasts: ForecastEvent[] = []
  const result = await withProgress(l10n.t('Dry run of “{0}”…', name), (signal, say) =>
    app.engine.call(
      'job.dryRun',
      { name: id, ...mailboxesOf(part) },
      {
        signal,
        emit(event) {
          if (event.event !== 'forecast') return
          forecasts.push(event)
          say(event.source)
        },
      },
    ),
  )
  const lines = [...totalLines(app.wording, result), '', ...forecasts.flatMap(forecast => forecastLines(app.wording, forecast))]
  await app.documents.show(l10n.t('Dry run of “{0}”', name), lines.join('\n'))
}

const totalLines = (wording: Wording, result: DryRunResult): string[] => [
  ...wouldCopy(wording, result),
  ...(result.problems > 0 ? [wouldFail(wording, result)] : []),
]

const marks = { problem: '✗', warning: '!', note: '–' } as const

function forecastLines(
  { l10n, number, size, describe, said }: Wording,
  { source, target, copy, error, findings }: ForecastEvent,
): string[] {
  return [
    `## ${source === target ? source : `${source} → ${target}`}`,
    '',
    error === undefined ? l10n.t('{0} messages ({1}) would be copied.', number(copy.items), size(copy.bytes)) : describe(error).message,
    ...findings.map(({ level, text }) => `- ${marks[level]} ${said('findings', text)}`),
    '',
  ]
}
