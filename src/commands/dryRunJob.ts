import type { ReadinessFinding } from '../domain/readiness.ts'
import type { ForecastEvent } from '../rpc/events.ts'
import type { DryRunResult } from '../rpc/results.ts'
import { notExamined, wouldCopy, wouldFail } from '../views/dryRunText.ts'
import type { JobNode, Node, PairNode } from '../views/rows/node.ts'
import type { Wording } from '../views/wording.ts'
import type { App } from './app.ts'
import { actOnEach, tellRefusals } from './support/actOnEach.ts'
import { chosenParts, type JobPart } from './support/chosen.ts'
import { mailboxesOf } from './support/mailboxesOf.ts'
import { findingLines } from './support/preflightLines.ts'
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
  const attention = new Map<string, readonly ReadinessFinding[]>()
  const unexamined: string[] = []
  const result = await withProgress(l10n.t('Dry run of “{0}”…', name), (signal, say) =>
    app.engine.call(
      'job.dryRun',
      { name: id, ...mailboxesOf(part) },
      {
        signal,
        emit(event) {
          if (event.event === 'readiness') attention.set(event.target, event.findings)
          if (event.event === 'notExamined') unexamined.push(notExamined(app.wording, event))
          if (event.event !== 'forecast') return
          forecasts.push(event)
          say(event.source)
        },
      },
    ),
  )
  const lines = [
    ...[...totalLines(app.wording, result), ...unexamined],
    '',
    ...forecasts.flatMap(forecast => forecastLines(app.wording, forecast, attention.get(forecast.target))),
  ]
  await app.documents.show(l10n.t('Dry run of “{0}”', name), lines.join('\n'))
}

const totalLines = (wording: Wording, result: DryRunResult): string[] => [
  ...wouldCopy(wording, result),
  ...(result.problems > 0 ? [wouldFail(wording, result)] : []),
]

const marks = { problem: '✗', warning: '!', note: '–' } as const

function forecastLines(
  wording: Wording,
  { source, target, copy, error, findings }: ForecastEvent,
  attention: readonly ReadinessFinding[] = [],
): string[] {
  const { l10n, number, size, describe, said } = wording
  return [
    `## ${source === target ? source : `${source} → ${target}`}`,
    '',
    error === undefined ? l10n.t('{0} messages ({1}) would be copied.', number(copy.items), size(copy.bytes)) : describe(error).message,
    ...findings.map(({ level, text }) => `- ${marks[level]} ${said('findings', text)}`),
    ...attention.flatMap(finding => findingLines(wording, finding)),
    '',
  ]
}
