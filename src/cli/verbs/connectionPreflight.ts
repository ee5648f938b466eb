import { describe } from '../../domain/errorText.ts'
import { exitCodeOf, exitCodes, worstExit } from '../../domain/exitCodes.ts'
import type { ReadinessFinding } from '../../domain/readiness.ts'
import type { MailboxEvent } from '../../rpc/events.ts'
import { noticeText } from '../display/runDisplay.ts'
import { amount, count, counted } from '../display/units.ts'
import { verb } from '../verb.ts'

export const connectionPreflight = verb({
  words: 'connection pre-flight',
  positionals: ['NAME'],
  summary: 'Open every mailbox that jobs use on a connection, before it matters.',
  details: 'Reads folders’ names and numbers only. A sign-in that was refused before is not tried again until its secret was given anew.',
  async run({ out, client, stop }, { positionals: [name = ''] }) {
    const { mailboxes, failures } = await client.call(
      'connection.preflight',
      { name },
      {
        signal: stop,
        emit(event) {
          if (event.event === 'notice') out.warn(event, noticeText(event))
          if (event.event === 'mailbox') out.say(event, text(event))
        },
      },
    )
    out.say(
      { event: 'preflight', connection: name, mailboxes, failed: failures.length },
      `${count(mailboxes - failures.length)} of ${counted(mailboxes, 'mailbox', 'mailboxes')} open.`,
    )
    return failures.length === 0 ? exitCodes.ok : worstExit(failures.map(({ code }) => exitCodeOf(code)))
  },
})

function text({ mailbox, folders = 0, messages = 0, room, readiness = [], error }: MailboxEvent): string[] {
  const found = readiness.filter(({ state }) => state !== 'fine').flatMap(findingText)
  if (error === undefined)
    return [
      `✓ ${mailbox}: ${counted(folders, 'folder')}, ${counted(messages, 'message')}${room === undefined ? '' : `, room for ${amount(room)}`}`,
      ...found,
    ]
  const { message, next } = describe(error)
  return [`✗ ${mailbox}: ${message}`, `  ${next}`, ...found]
}

const signs = { fine: '✓', note: '–', attention: '!', blocking: '✗', notExamined: '?' } as const

const findingText = ({ state, detail, look }: ReadinessFinding): string[] => [
  `  ${signs[state]} ${state === 'notExamined' ? 'not examined: ' : ''}${detail}`,
  ...(look === undefined ? [] : [`      ${look}`]),
]
