import type { JobId } from '../../domain/ids.ts'
import type { ForecastEvent } from '../../rpc/events.ts'
import type { Client } from '../../rpc/protocol.ts'
import { notExamined, wouldCopy, wouldFail } from '../../views/dryRunText.ts'
import type { Wording } from '../../views/wording.ts'

/** Mailboxes whose trouble is listed. */
const most = 100

/** What a run would do, in lines: the whole first, then every mailbox that would meet trouble. Writes nothing. */
export async function estimateJob(
  engine: Client,
  wording: Wording,
  job: JobId,
  { signal, say }: { readonly signal: AbortSignal; readonly say: (busy: string) => void },
): Promise<string[]> {
  const { l10n, number, said } = wording
  const troubles: string[] = []
  const unexamined: string[] = []
  let looked = 0
  const result = await engine.call(
    'job.dryRun',
    { name: job },
    {
      signal,
      emit(event) {
        if (event.event === 'readiness')
          troubles.push(...event.findings.map(({ detail }) => `${event.target}: ${said('readiness', detail)}`))
        if (event.event === 'notExamined') unexamined.push(notExamined(wording, event))
        if (event.event !== 'forecast' || signal.aborted) return
        looked += 1
        troubles.push(...troublesOf(wording, event))
        say(l10n.t('{0} mailboxes looked into…', number(looked)))
      },
    },
  )
  const { problems, unopened } = result
  return [
    ...wouldCopy(wording, result),
    ...(unopened > 0 ? [l10n.t('{0} mailboxes don’t open.', number(unopened))] : []),
    ...(problems > 0 ? [wouldFail(wording, result)] : []),
    ...unexamined,
    ...troubles.slice(0, most),
    ...(troubles.length > most ? [l10n.t('And {0} more.', number(troubles.length - most))] : []),
  ]
}

const troublesOf = ({ describe, said }: Wording, { source, error, findings }: ForecastEvent): string[] => [
  ...(error === undefined ? [] : [`${source}: ${describe(error).message}`]),
  ...findings.filter(({ level }) => level !== 'note').map(({ text }) => `${source}: ${said('findings', text)}`),
]
