import { resolve } from 'node:path'
import { exitCodes } from '../../domain/exitCodes.ts'
import { withoutX500Text } from '../../domain/powershell/addX500.ts'
import { counted } from '../display/units.ts'
import { saveText } from '../saveText.ts'
import { verb } from '../verb.ts'

export const jobX500 = verb({
  words: 'job x500',
  positionals: ['NAME'],
  summary: 'Write a script that lets replies to old mail find the new mailboxes (X500 addresses).',
  details: `Replies to old mail, and Outlook's remembered names, go to an address inside the old organisation (legacyExchangeDN).
The script gives it to the target's mailboxes: PowerShell to be read, run with -WhatIf first, in the target organisation. Nothing is run here.
Mailboxes without such an address are listed with the reason. The exit code is 9 when one is missing that could be had.`,
  options: {
    out: {
      type: 'string',
      value: 'FILE',
      help: 'A file to write: a table where its name ends with .csv, else the script; standard output unless said.',
    },
    'source-list': {
      type: 'string',
      value: 'FILE',
      help: 'An export of Get-Mailbox on the source, with the column LegacyExchangeDN, for what isn’t known yet.',
    },
    mailbox: { type: 'string', multiple: true, value: 'MAILBOX', help: 'Only the pair with this mailbox.' },
  },
  async run(app, { positionals: [name = ''], values }) {
    const { out, client, cwd } = app
    const { 'source-list': sourceList, mailbox } = values
    const { job, script, csv, pairs } = await client.call('job.x500', {
      name,
      ...(mailbox === undefined ? {} : { mailboxes: mailbox }),
      ...(sourceList === undefined ? {} : { sourceList: resolve(cwd, sourceList) }),
    })
    const text = values.out?.toLowerCase().endsWith('.csv') ? csv : script
    const file = text === undefined || values.out === undefined ? undefined : await saveText(app, values.out, text)
    const with500 = pairs.filter(pair => 'x500' in pair).length
    const done = `${with500} of ${counted(pairs.length, 'mailbox', 'mailboxes')} with an X500 address${file === undefined ? '' : `; written to ${file}`}.`
    out.say({ event: 'x500', job, file, pairs, ...(file === undefined ? { script } : {}) }, file === undefined ? lines(script) : [done])
    for (const pair of pairs) {
      if (!('without' in pair)) continue
      const { source, without } = pair
      if (!out.json) out.warn({ event: 'x500Without' }, `${source.address}: no X500 address; ${withoutX500Text[without]}`)
    }
    const wanting = pairs.some(pair => 'without' in pair && (pair.without === 'notTold' || pair.without === 'notLearned'))
    return wanting ? exitCodes.mailbox : exitCodes.ok
  },
})

const lines = (script = ''): string[] => script.split(/\r?\n/).slice(0, -1)
