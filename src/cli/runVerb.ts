import { MailferryError } from '../domain/errors.ts'
import { type ExitCode, exitCodeOf, exitCodes, worstExit } from '../domain/exitCodes.ts'
import type { PairState } from '../domain/pair.ts'
import type { RunResult } from '../rpc/results.ts'
import type { App } from './app.ts'
import { countsText, statesText } from './display/jobText.ts'
import { createRunDisplay } from './display/runDisplay.ts'
import type { Options } from './verb.ts'

export const runOptions = {
  pair: { type: 'string', multiple: true, value: 'MAILBOX', help: 'Only this mailbox.' },
  'allow-deletions': {
    type: 'string',
    value: 'N',
    help: 'Your answer to “deletions held”: carry over up to N deletions of a mailbox, this once.',
  },
  lease: {
    type: 'string',
    value: 'SECONDS',
    help: 'After so long without a sign of life another process may take these mailboxes over; 60 unless said.',
  },
} as const satisfies Options

interface RunArguments {
  readonly positionals: readonly string[]
  readonly values: { readonly pair?: string[]; readonly 'allow-deletions'?: string; readonly lease?: string }
}

/** Runs a job in this process, showing its progress; the exit code says how it ended. */
export async function runVerb(
  { out, client, stop }: App,
  { positionals: [name = ''], values }: RunArguments,
  delta: boolean,
): Promise<ExitCode> {
  const deletionsAllowed = wholeNumber('--allow-deletions', values['allow-deletions'])
  const leaseSeconds = wholeNumber('--lease', values.lease)
  const params = {
    name,
    delta,
    ...(values.pair === undefined ? {} : { mailboxes: values.pair }),
    ...(deletionsAllowed === undefined ? {} : { deletionsAllowed }),
    ...(leaseSeconds === undefined ? {} : { leaseSeconds }),
  }
  const result = await watched()
  const exit = exitOf(result)
  out.say(
    { event: 'ended', job: result.name, states: result.states, counts: result.counts, exitCode: exit },
    `${result.name}: ${statesText(result)}; ${countsText(result.counts)}.`,
  )
  if (result.paused !== undefined) {
    const { until = 'never' } = result.paused
    out.say(
      { event: 'paused', job: result.name, until },
      `Its schedule lets it run next: ${until}. Start it then, or leave it to a window of VS Code.`,
    )
  }
  if (result.endedBy !== undefined) out.error(new MailferryError(result.endedBy.code, result.endedBy.params))
  return exit

  async function watched(): Promise<RunResult> {
    using display = createRunDisplay(out)
    return await client.call('job.start', params, { signal: stop, emit: event => display.take(event) })
  }
}

const exitOf = ({ endedBy, list }: RunResult): ExitCode =>
  endedBy === undefined ? worstExit(list.map(({ state }) => exitOfState(state))) : exitCodeOf(endedBy.code)

function exitOfState(state: PairState): ExitCode {
  switch (state.state) {
    case 'completed':
    case 'new':
      return exitCodes.ok
    case 'completedWithDifferences':
      return exitCodes.completedWithDifferences
    case 'waiting':
    case 'failed':
      return exitCodeOf(state.error.code)
    case 'stopped':
      return exitCodes.stopped
    case 'queued':
    case 'running':
      return exitCodes.incomplete
  }
}

function wholeNumber(option: string, text: string | undefined): number | undefined {
  if (text === undefined) return undefined
  if (!/^\d{1,9}$/.test(text)) throw new MailferryError('usage', { detail: `${option} needs a whole number` })
  return Number(text)
}
