import { exitCodes } from '../../domain/exitCodes.ts'
import { noticeText } from '../display/runDisplay.ts'
import { counted } from '../display/units.ts'
import { verb } from '../verb.ts'

export const connectionMailboxes = verb({
  words: 'connection mailboxes',
  positionals: ['NAME'],
  summary: 'List a server’s mailboxes; or, where it can’t list them, the line that can.',
  details:
    'Exchange tells nobody which mailboxes it has: run the printed line in its Management Shell, and give the file to `mailferry job match` or to a plan.',
  options: { find: { type: 'string', value: 'TEXT', help: 'Only those whose name or address begins so.' } },
  async run({ out, client, stop }, { positionals: [name = ''], values }) {
    const params = { name, ...(values.find === undefined ? {} : { find: values.find }) }
    const { mailboxes, command } = await client.call('connection.mailboxes', params, {
      signal: stop,
      emit(event) {
        if (event.event === 'notice') out.warn(event, noticeText(event))
      },
    })
    for (const mailbox of mailboxes)
      out.say({ event: 'mailboxFound', connection: name, ...mailbox }, [mailbox.address, mailbox.displayName ?? ''].join('  ').trimEnd())
    const end = { event: 'mailboxes', connection: name, mailboxes: mailboxes.length }
    if (command === undefined) out.say(end, `${counted(mailboxes.length, 'mailbox', 'mailboxes')}.`)
    else out.say({ ...end, command }, ['This server can’t list its mailboxes. In the Exchange Management Shell, run:', '', command])
    return exitCodes.ok
  },
})
