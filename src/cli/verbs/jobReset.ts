import { MailferryError } from '../../domain/errors.ts'
import { exitCodes } from '../../domain/exitCodes.ts'
import { noticeText } from '../display/runDisplay.ts'
import { counted } from '../display/units.ts'
import { verb } from '../verb.ts'

const modes = ['forget', 'remove', 'adopt'] as const
type Mode = (typeof modes)[number]

export const jobReset = verb({
  words: 'job reset',
  positionals: ['NAME'],
  summary: 'Forget the migration state of a job’s mailboxes.',
  details: `  --mode forget   forget it; the next run copies everything again
  --mode remove   first remove from the target, recoverably, what was written and nobody changed since
  --mode adopt    forget it; the next run matches what lies in the target before it copies the rest`,
  options: {
    mode: { type: 'string', value: 'MODE', help: 'forget, remove or adopt; needed.' },
    pair: { type: 'string', multiple: true, value: 'MAILBOX', help: 'Only this mailbox.' },
  },
  async run({ out, client, stop }, { positionals: [name = ''], values }) {
    const params = { name, mode: modeOf(values.mode), ...(values.pair === undefined ? {} : { mailboxes: values.pair }) }
    const { pairs } = await client.call('job.reset', params, {
      signal: stop,
      emit(event) {
        if (event.event === 'notice') out.warn(event, noticeText(event))
        if (event.event !== 'reset') return
        const removed =
          event.removed === undefined ? '' : `; ${counted(event.removed, 'message')} removed from the target, ${event.left ?? 0} left`
        out.say(event, `${event.source}: reset (${event.mode})${removed}`)
      },
    })
    out.say({ event: 'resetDone', job: name, pairs }, `Reset ${counted(pairs, 'mailbox', 'mailboxes')}.`)
    return exitCodes.ok
  },
})

function modeOf(text: string | undefined): Mode {
  const mode = modes.find(known => known === text)
  if (mode === undefined) throw new MailferryError('usage', { detail: `--mode is needed, one of ${modes.join(', ')}` })
  return mode
}
