import { exitCodes } from '../../domain/exitCodes.ts'
import type { VerifyCounts } from '../../rpc/counts.ts'
import { noticeText } from '../display/runDisplay.ts'
import { count, counted } from '../display/units.ts'
import { verb } from '../verb.ts'

export const jobVerify = verb({
  words: 'job verify',
  positionals: ['NAME'],
  summary: 'Compare both sides, as they are now, with what was migrated.',
  details: `Reads only. What people took from the target, put into it, or received at the source since is listed, but counts against nothing.
The exit code is 0 when every migrated message is on the target as it was written, and 10 when one differs.`,
  options: {
    bytes: {
      type: 'boolean',
      help: 'Read every message on both sides and compare the bytes (the content, where Exchange composes messages anew); takes as long as a migration.',
    },
    pair: { type: 'string', multiple: true, value: 'MAILBOX', help: 'Only this mailbox.' },
  },
  async run({ out, client, stop }, { positionals: [name = ''], values }) {
    const params = { name, ...(values.bytes ? { bytes: true } : {}), ...(values.pair === undefined ? {} : { mailboxes: values.pair }) }
    const totals = await client.call('job.verify', params, {
      signal: stop,
      emit(event) {
        if (event.event === 'notice') out.warn(event, noticeText(event))
        if (event.event === 'verified') out.say(event, `${event.source}  ${event.folder}: ${countsText(event)}`)
      },
    })
    out.say({ event: 'verifyDone', job: name, ...totals }, `${counted(totals.pairs, 'mailbox', 'mailboxes')}: ${countsText(totals)}.`)
    return totals.different === 0 ? exitCodes.ok : exitCodes.completedWithDifferences
  },
})

const countsText = ({ checked, equal, different, missing, pending, extra, by }: VerifyCounts): string =>
  [
    `${count(equal)} of ${counted(checked, 'message')} equal${by === 'content' ? ' in content' : ''}`,
    ...(different > 0 ? [`${count(different)} different`] : []),
    ...(missing > 0 ? [`${count(missing)} no longer there`] : []),
    ...(pending > 0 ? [`${count(pending)} new at the source`] : []),
    ...(extra > 0 ? [`${counted(extra, 'other')} in the target`] : []),
  ].join(', ')
