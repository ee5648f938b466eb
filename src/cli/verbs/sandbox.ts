import { MailferryError } from '../../domain/errors.ts'
import type { Office365Sides } from '../sandbox/runSandbox.ts'
import { verb } from '../verb.ts'

const sides = ['none', 'leaving', 'receiving', 'both'] as const satisfies readonly Office365Sides[]

export const sandbox = verb({
  words: 'sandbox',
  summary: 'Start two organisations, Exchange or Office 365, on this machine to try everything out on.',
  details: `One is leaving and full of mail, the other is receiving; the domain can be moved from one to the other. Nothing leaves this
machine, and nothing is kept: Ctrl-C, or “quit”, ends it. A plan to apply, its secrets and the certificate authority are
written into the folder. While it runs it takes orders, one a line: move, deliver N, status, quit.`,
  options: {
    dir: { type: 'string', value: 'FOLDER', help: 'Where to write the plan; ./mailferry-sandbox unless said.' },
    people: { type: 'string', value: 'N', help: 'Mailboxes on each side; 10 unless said.' },
    messages: { type: 'string', value: 'N', help: 'Messages in each mailbox, about; 300 unless said.' },
    seed: { type: 'string', value: 'N', help: 'Another number makes another company; 1 unless said.' },
    'real-sizes': { type: 'boolean', help: 'Attachments as large as in real mail, up to 25 MB; a hundredth of that unless said.' },
    office365: { type: 'string', value: 'SIDE', help: 'Which side is an Office 365 tenant: leaving, receiving or both; none unless said.' },
    throttled: { type: 'boolean', help: 'Throttles as Exchange’s default policy does, and Graph’s published limits.' },
  },
  async run(app, { values }) {
    const { runSandbox } = await import('../sandbox/runSandbox.ts')
    return await runSandbox(app, {
      dir: values.dir ?? 'mailferry-sandbox',
      people: count('people', values.people, 10, 500),
      messagesEach: count('messages', values.messages, 300, 100_000),
      seed: count('seed', values.seed, 1, 1_000_000),
      scale: values['real-sizes'] ? 1 : 0.01,
      throttled: values.throttled ?? false,
      office365: office365(values.office365),
    })
  },
})

function office365(text: string | undefined): Office365Sides {
  const side = sides.find(one => one === (text ?? 'none'))
  if (side !== undefined) return side
  throw new MailferryError('usage', { detail: '--office365 is leaving, receiving or both' })
}

function count(option: string, text: string | undefined, usual: number, most: number): number {
  const number = Number(text ?? usual)
  if (Number.isInteger(number) && number >= 1 && number <= most) return number
  throw new MailferryError('usage', { detail: `--${option} needs a whole number from 1 to ${most}` })
}
