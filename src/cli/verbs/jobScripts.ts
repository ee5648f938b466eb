import { exitCodes } from '../../domain/exitCodes.ts'
import { saveText } from '../saveText.ts'
import { verb } from '../verb.ts'

export const jobScripts = verb({
  words: 'job scripts',
  positionals: ['NAME'],
  summary: 'Write a script that carries forwarding and mailbox permissions over.',
  details: `PowerShell to be read first: one step reads them on the source into a file, the other applies that file to the target by the job's pairs.
It takes nothing away, and tells whom it can't find. Nothing is run here. For Exchange and Office 365 on both sides.`,
  options: {
    out: { type: 'string', value: 'FILE', help: 'The file to write; standard output unless said.' },
    mailbox: { type: 'string', multiple: true, value: 'MAILBOX', help: 'Only the pair with this mailbox.' },
  },
  async run(app, { positionals: [name = ''], values }) {
    const { mailbox } = values
    const { job, script, pairs } = await app.client.call('job.scripts', { name, ...(mailbox === undefined ? {} : { mailboxes: mailbox }) })
    if (script === undefined) {
      app.out.say({ event: 'scripts', job, pairs }, 'An IMAP server has no permissions or forwarding that a script could carry over.')
    } else if (values.out === undefined) {
      app.out.say({ event: 'scripts', job, pairs, script }, script.split('\r\n').slice(0, -1))
    } else {
      const file = await saveText(app, values.out, script)
      app.out.say({ event: 'scripts', job, pairs, file }, `Written to ${file}: read it before you run it.`)
    }
    return exitCodes.ok
  },
})
