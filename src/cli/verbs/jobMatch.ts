import { resolve } from 'node:path'
import { MailferryError } from '../../domain/errors.ts'
import { exitCodes } from '../../domain/exitCodes.ts'
import type { Mailbox } from '../../domain/pair.ts'
import { noticeText } from '../display/runDisplay.ts'
import { counted } from '../display/units.ts'
import { verb } from '../verb.ts'

const ways = { 'local-part': 'localPart', 'display-name': 'displayName' } as const

export const jobMatch = verb({
  words: 'job match',
  positionals: ['NAME'],
  summary: 'Match the two servers’ mailboxes one to one; with --add they become pairs.',
  details: `IMAP can’t list mailboxes: there they are those that the secret’s CSV has sign-ins for.
Nor can Exchange: give what Get-Mailbox exported (\`mailferry connection mailboxes NAME\` prints the line to run).`,
  options: {
    by: { type: 'string', value: 'WHAT', help: 'local-part (what stands before the @; so unless said) or display-name.' },
    csv: { type: 'string', value: 'FILE', help: 'Match by this list of yours instead, with the header source,target.' },
    'source-list': { type: 'string', value: 'FILE', help: 'The source’s mailboxes, as Get-Mailbox exported them.' },
    'target-list': { type: 'string', value: 'FILE', help: 'The target’s mailboxes, likewise.' },
    add: { type: 'boolean', help: 'Add what matched, and isn’t there yet, to the job.' },
  },
  async run({ out, client, stop, cwd }, { positionals: [name = ''], values }) {
    const result = await client.call(
      'job.match',
      {
        name,
        by: values.csv === undefined ? wayOf(values.by ?? 'local-part') : { csv: resolve(cwd, values.csv) },
        add: values.add === true,
        ...(values['source-list'] === undefined ? {} : { sourceList: resolve(cwd, values['source-list']) }),
        ...(values['target-list'] === undefined ? {} : { targetList: resolve(cwd, values['target-list']) }),
      },
      {
        signal: stop,
        emit(event) {
          if (event.event === 'notice') out.warn(event, noticeText(event))
        },
      },
    )
    const { pairs, unmatched, ambiguous, unused, added } = result
    out.say({ event: 'match', job: name, ...result }, [
      ...pairs.map(({ source, target }) => `matched    ${source.address} → ${target.address}`),
      ...unmatched.map(({ address }) => `unmatched  ${address}`),
      ...ambiguous.map(one => `ambiguous  ${one.name}: ${list(one.sources)} → ${list(one.targets)}`),
      ...unused.map(({ address }) => `unused     ${address} (target)`),
      `${counted(pairs.length, 'pair')} matched, ${unmatched.length} unmatched, ${ambiguous.length} ambiguous; ${added} added to the job.`,
    ])
    return exitCodes.ok
  },
})

const list = (mailboxes: readonly Mailbox[]): string => mailboxes.map(({ address }) => address).join(', ')

function wayOf(text: string): 'localPart' | 'displayName' {
  if (text === 'local-part' || text === 'display-name') return ways[text]
  throw new MailferryError('usage', { detail: `--by is one of ${Object.keys(ways).join(', ')}` })
}
