import { exitCodes } from '../../domain/exitCodes.ts'
import { counted } from '../display/units.ts'
import { verb } from '../verb.ts'

export const jobAcceptReplacement = verb({
  words: 'job accept-replacement',
  positionals: ['NAME'],
  summary: 'Decide that a mailbox which was deleted and made anew is the one to go on with.',
  details: `Only for mailboxes that wait for this decision (“was replaced”). What was known of the former is forgotten; the next run matches what lies
in the target before it copies the rest.`,
  options: { pair: { type: 'string', multiple: true, value: 'MAILBOX', help: 'Only this mailbox.' } },
  async run({ out, client, stop }, { positionals: [name = ''], values }) {
    const params = { name, ...(values.pair === undefined ? {} : { mailboxes: values.pair }) }
    const { pairs } = await client.call('job.acceptReplacement', params, {
      signal: stop,
      emit(event) {
        if (event.event === 'reset') out.say(event, `${event.source}: today’s mailbox is accepted`)
      },
    })
    out.say(
      { event: 'replacementsAccepted', job: name, pairs },
      pairs === 0 ? 'No mailbox waits for that.' : `Accepted ${counted(pairs, 'mailbox', 'mailboxes')}.`,
    )
    return exitCodes.ok
  },
})
