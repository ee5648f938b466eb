import { resolve } from 'node:path'
import { MailferryError } from '../../domain/errors.ts'
import { exitCodes } from '../../domain/exitCodes.ts'
import { verb } from '../verb.ts'

const formats = ['json', 'csv', 'html'] as const
type Format = (typeof formats)[number]

export const jobReport = verb({
  words: 'job report',
  positionals: ['NAME'],
  summary: 'Write what was migrated, and every message that wasn’t with its reason.',
  details: 'Made from the ledger alone, also while the job runs. CSV comes as two files: folders, and messages that weren’t migrated.',
  options: {
    format: { type: 'string', value: 'FORMAT', help: 'json, csv or html; else what the file’s name says, else html.' },
    out: { type: 'string', value: 'FILE', help: 'The file to write; NAME-report.FORMAT here unless said.' },
  },
  async run({ out, client, cwd }, { positionals: [name = ''], values }) {
    const format = formatOf(values.format, values.out)
    const { files, verdict } = await client.call('job.report', {
      name,
      format,
      file: resolve(cwd, values.out ?? `${name}-report.${format}`),
    })
    out.say({ event: 'report', job: name, format, files, verdict }, [`Written to ${files.join(' and ')}.`, verdicts[verdict]])
    return exitCodes.ok
  },
})

const verdicts = {
  complete: 'Every message within the filters was migrated and read back.',
  differences: 'All mailboxes are through; some messages are listed as not migrated.',
  incomplete: 'Some mailboxes are not through yet.',
} as const

function formatOf(said: string | undefined, file: string | undefined): Format {
  if (said === undefined) return formats.find(format => file?.toLowerCase().endsWith(`.${format}`)) ?? 'html'
  const format = formats.find(known => known === said)
  if (format === undefined) throw new MailferryError('usage', { detail: `--format is one of ${formats.join(', ')}` })
  return format
}
