import { runOptions, runVerb } from '../runVerb.ts'
import { verb } from '../verb.ts'

export const jobStart = verb({
  words: 'job start',
  positionals: ['NAME'],
  summary: 'Run a job to its end: every mailbox that isn’t completed yet.',
  details: `It can be stopped (Ctrl-C, or \`mailferry job stop\`), killed and started again at any time: nothing is lost, nothing is written twice.
Starting again after a stop or a failure is this same command: the ledger says what is left.
Mailboxes that another process works on are followed; they are taken over only when its lease has run out.`,
  options: runOptions,
  run: (app, args) => runVerb(app, args, false),
})
