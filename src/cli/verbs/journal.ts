import { MailferryError } from '../../domain/errors.ts'
import { exitCodes } from '../../domain/exitCodes.ts'
import { verb } from '../verb.ts'

export const journal = verb({
  words: 'journal',
  summary: 'List who changed what: connections, jobs, pairs, resets, trust.',
  options: {
    last: { type: 'string', value: 'N', help: 'How many entries; 50 unless said.' },
    of: { type: 'string', value: 'NAME', help: 'Only those about this connection or job.' },
  },
  async run({ out, client }, { values }) {
    const limit = values.last ?? '50'
    if (!/^[1-9]\d{0,3}$/.test(limit)) throw new MailferryError('usage', { detail: '--last needs a number from 1 to 9999' })
    for (const entry of await client.call('journal.list', {
      limit: Number(limit),
      ...(values.of === undefined ? {} : { subject: values.of }),
    })) {
      const named = entry.name ?? entry.detail?.['name']
      const by = entry.who === undefined ? '' : `  by ${entry.who}`
      out.say(
        { event: 'journal', ...entry },
        `${entry.at}  ${entry.what.padEnd(28)}  ${typeof named === 'string' ? named : entry.subject}${by}`,
      )
    }
    return exitCodes.ok
  },
})
