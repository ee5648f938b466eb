import { describe } from '../domain/errorText.ts'
import type { ForecastEvent } from '../rpc/events.ts'
import type { JobNode, Node, PairNode } from '../views/rows/node.ts'
import type { App } from './app.ts'
import { chosenParts, type JobPart } from './support/chosen.ts'
import { mailboxesOf } from './support/mailboxesOf.ts'
import { withProgress } from './support/withProgress.ts'

/** Tells what runs would do, mailbox by mailbox, and writes nothing anywhere. */
export async function dryRunJob(app: App, picked?: JobNode | PairNode, selected?: readonly Node[]): Promise<void> {
  const parts = await chosenParts(app, picked, selected, {
    title: app.wording.l10n.t('Dry run of which jobs?'),
    of: ({ pairs }) => pairs > 0,
  })
  for (const part of parts) await dryRun(app, part)
}

async function dryRun(app: App, part: JobPart): Promise<void> {
  const { l10n, number, size } = app.wording
  const { name, id } = part.job
  const forecasts: ForecastEvent[] = []
  const { copy, tooLarge, problems } = await withProgress(l10n.t('Dry run of “{0}”…', name), (signal, say) =>
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
  const lines = [
    l10n.t('{0} messages ({1}) would be copied.', number(copy.items), size(copy.bytes)),
    ...(tooLarge.items > 0
      ? [l10n.t('{0} messages ({1}) are too large for the target.', number(tooLarge.items), size(tooLarge.bytes))]
      : []),
    ...(problems > 0 ? [l10n.t('{0} mailboxes would fail.', number(problems))] : []),
    '',
    ...forecasts.flatMap(forecast => forecastLines(app, forecast)),
  ]
  await app.documents.show(l10n.t('Dry run of “{0}”', name), lines.join('\n'))
}

function forecastLines({ wording: { l10n, number, size } }: App, { source, target, copy, error, findings }: ForecastEvent): string[] {
  return [
    `## ${source === target ? source : `${source} → ${target}`}`,
    '',
    error === undefined ? l10n.t('{0} messages ({1}) would be copied.', number(copy.items), size(copy.bytes)) : describe(error).message,
    ...findings.map(({ level, text }) => `- ${level}: ${text}`),
    '',
  ]
}
