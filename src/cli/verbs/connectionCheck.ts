import { MailferryError } from '../../domain/errors.ts'
import { describe } from '../../domain/errorText.ts'
import { type ExitCode, exitCodeOf, exitCodes, worstExit } from '../../domain/exitCodes.ts'
import type { CheckedEvent } from '../../rpc/events.ts'
import { nextText, verificationText } from '../display/connectionText.ts'
import { noticeText } from '../display/runDisplay.ts'
import { verb } from '../verb.ts'

export const connectionCheck = verb({
  words: 'connection check',
  more: 'NAME',
  summary: 'Find out, without doing harm, whether connections still lead where they did.',
  details: `At most one sign-in each, only at the recorded address, and none with a password that was refused before: then only what can be learned without is.
The exit code is 0 when all are verified, 8 when one is stale, 5 when one needs credentials, 3 when one can't be reached.`,
  options: { all: { type: 'boolean', help: 'All connections.' } },
  async run({ out, client, stop }, { positionals, values }) {
    if ((positionals.length === 0) !== (values.all === true))
      throw new MailferryError('usage', { detail: 'connection check: name connections, or say --all' })
    const { connections } = await client.call('connection.check', values.all ? {} : { names: [...positionals] }, {
      signal: stop,
      emit(event) {
        if (event.event === 'notice') out.warn(event, noticeText(event))
        if (event.event === 'checked') out.say(event, text(event))
      },
    })
    const exit = worstExit(connections.map(exitOf))
    out.say({ event: 'checkDone', connections: connections.length, exitCode: exit }, [])
    return exit
  },
})

function text({ connection, verification, error }: CheckedEvent): string[] {
  const next = nextText(connection, verification)
  const said = error === undefined ? undefined : describe(error)
  return [
    `${connection}: ${verificationText(verification)}`,
    ...(said === undefined ? [] : [`  ${said.message}`]),
    ...(next === undefined ? (said === undefined ? [] : [`  ${said.next}`]) : [`  ${next}`]),
  ]
}

function exitOf({ verification, error }: CheckedEvent): ExitCode {
  switch (verification.state) {
    case 'stale':
      return exitCodes.stale
    case 'credentialsNeeded':
      return exitCodes.signIn
    case 'unreachable':
      return exitCodes.connect
    case 'unverified':
      return error === undefined ? exitCodes.incomplete : exitCodeOf(error.code)
    case 'verified':
      return error === undefined ? exitCodes.ok : exitCodeOf(error.code)
  }
}
