import { resolve } from 'node:path'
import { MailferryError } from '../../domain/errors.ts'
import { describe } from '../../domain/errorText.ts'
import { exitCodeOf, exitCodes, worstExit } from '../../domain/exitCodes.ts'
import type { RefreshedEvent } from '../../rpc/events.ts'
import type { RefreshLine } from '../../rpc/refreshLine.ts'
import { refreshLineOf } from '../../rpc/refreshLineOf.ts'
import { noticeText } from '../display/runDisplay.ts'
import { verb } from '../verb.ts'

export const jobRefreshAddresses = verb({
  words: 'job refresh-addresses',
  positionals: ['NAME'],
  summary: 'Read the mailboxes’ email addresses anew, by their immutable ids, on both sides.',
  details: `For after a domain change, when its connections are reconfigured. Nothing is migrated again because an address changed.
IMAP mailboxes are known by their logins: those that changed are given by --csv, and proved by what lies in them.
The exit code is 9 when a mailbox was not found or not for certain.`,
  options: {
    mailbox: { type: 'string', multiple: true, value: 'MAILBOX', help: 'Only the pair with this mailbox.' },
    csv: {
      type: 'string',
      value: 'FILE',
      help: 'Logins of IMAP mailboxes that changed, with the header old,new; a column side (source or target) where both have the old one.',
    },
    report: { type: 'string', value: 'FILE', help: 'Write what was found of each mailbox, old → new, to this .csv or .html file.' },
  },
  async run({ out, client, stop, cwd }, { positionals: [name = ''], values }) {
    const params = {
      name,
      ...(values.mailbox === undefined ? {} : { mailboxes: values.mailbox }),
      ...(values.csv === undefined ? {} : { csv: resolve(cwd, values.csv) }),
    }
    const report = values.report === undefined ? undefined : { file: resolve(cwd, values.report), format: formatOf(values.report) }
    const lines: RefreshLine[] = []
    const { outcomes, failures } = await client.call('job.refreshAddresses', params, {
      signal: stop,
      emit(event) {
        if (event.event === 'notice') out.warn(event, noticeText(event))
        if (event.event !== 'refreshed') return
        out.say(event, text(event))
        lines.push(refreshLineOf(event, describe))
      },
    })
    if (report !== undefined) await client.call('job.refreshReport', { name, ...report, lines }, { signal: stop })
    const { refreshed, unchanged, notFound, ambiguous, failed } = outcomes
    out.say(
      { event: 'refreshDone', job: name, ...outcomes },
      `${refreshed} refreshed, ${unchanged} unchanged, ${notFound} not found, ${ambiguous} ambiguous${failed === 0 ? '' : `, ${failed} failed`}.`,
    )
    const unsure = notFound + ambiguous > 0 ? [exitCodes.mailbox] : []
    return worstExit([...failures.map(({ code }) => exitCodeOf(code)), ...unsure])
  },
})

function formatOf(file: string): 'csv' | 'html' {
  const format = (['csv', 'html'] as const).find(known => file.toLowerCase().endsWith(`.${known}`))
  if (format === undefined) throw new MailferryError('usage', { detail: '--report is a file whose name ends with .csv or .html' })
  return format
}

const words = { refreshed: 'refreshed', unchanged: 'unchanged', notFound: 'not found', ambiguous: 'ambiguous', failed: 'failed' } as const

function text({ side, mailbox, outcome, address, candidates, error }: RefreshedEvent): string[] {
  const head = `${words[outcome].padEnd(9)}  ${side.padEnd(6)}  ${mailbox}`
  if (outcome === 'refreshed') return [`${head} → ${address}`]
  if (outcome === 'ambiguous') return [`${head}: ${candidates?.join(', ')}`]
  if (error === undefined) return [head]
  const { message, next } = describe(error)
  return [`${head}: ${message}`, `  ${next}`]
}
