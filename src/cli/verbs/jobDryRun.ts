import { exitCodes } from '../../domain/exitCodes.ts'
import type { ForecastEvent } from '../../rpc/events.ts'
import { notExaminedText, noticeText, readinessText } from '../display/runDisplay.ts'
import { amount, counted, duration } from '../display/units.ts'
import { verb } from '../verb.ts'

export const jobDryRun = verb({
  words: 'job dry-run',
  positionals: ['NAME'],
  summary: 'Tell what a run would copy, what is in its way, and about how long it takes.',
  details: 'Writes nothing, neither to a server nor to the ledger. The exit code is 11 when a run would fail on a mailbox.',
  options: { pair: { type: 'string', multiple: true, value: 'MAILBOX', help: 'Only this mailbox.' } },
  async run({ out, client, stop }, { positionals: [name = ''], values }) {
    const total = await client.call(
      'job.dryRun',
      { name, ...(values.pair === undefined ? {} : { mailboxes: values.pair }) },
      {
        signal: stop,
        emit(event) {
          if (event.event === 'notice') out.warn(event, noticeText(event))
          if (event.event === 'readiness') out.warn(event, readinessText(event))
          if (event.event === 'notExamined') out.warn(event, notExaminedText(event))
          if (event.event === 'forecast') out.say(event, text(event))
        },
      },
    )
    const { pairs, copy, problems, estimatedMs } = total
    const stuck = problems === 0 ? '' : ` ${counted(problems, 'mailbox', 'mailboxes')} would fail.`
    out.say(
      { event: 'dryRun', job: name, ...total },
      `${counted(pairs, 'mailbox', 'mailboxes')}: ${counted(copy.items, 'message')} to copy, ${amount(copy.bytes)}, about ${duration(estimatedMs)}.${stuck}`,
    )
    return problems === 0 ? exitCodes.ok : exitCodes.incomplete
  },
})

const marks = { problem: '✗', warning: '!', note: '–' } as const

function text({ source, target, folders, copy, error, findings }: ForecastEvent): string[] {
  const name = source === target ? source : `${source} → ${target}`
  const what =
    error === undefined
      ? `${counted(copy.items, 'message')} in ${counted(folders, 'folder')} to copy, ${amount(copy.bytes)}`
      : 'nothing can be said'
  return [`${name}: ${what}`, ...findings.map(({ level, text }) => `  ${marks[level]} ${text}`)]
}
