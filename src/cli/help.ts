import type { Options, Verb } from './verb.ts'

/** What every verb takes. */
export const globalOptions = {
  ledger: { type: 'string', value: 'FILE', help: 'The ledger to use instead of the one in your data folder.' },
  log: { type: 'string', value: 'FILE', help: 'Append structured log lines (ids and numbers only) to this file.' },
  json: { type: 'boolean', help: 'One JSON event per line instead of text.' },
  help: { type: 'boolean', short: 'h', help: 'Show help for a command.' },
  version: { type: 'boolean', help: 'Show the version.' },
} as const satisfies Options

const exitCodeHelp = `Exit codes:
  0 done              1 internal error     2 wrong usage        3 server not reached
  4 TLS               5 sign-in, secret    6 permission         7 in use
  8 stale connection  9 mailbox           10 done, with differences
 11 some mailboxes failed or wait         12 ledger            13 file
 14 plan or CSV invalid                   15 deletions held   130 stopped`

export function overview(verbs: readonly Verb[]): string[] {
  return [
    'mailferry: moves mailboxes between mail servers, exactly once, with proof.',
    '',
    'Usage: mailferry COMMAND [options]',
    '',
    'Commands:',
    ...columns(verbs.map(verb => [synopsis(verb), verb.summary])),
    '',
    'Options for every command:',
    ...optionLines(globalOptions),
    '',
    ...exitCodeHelp.split('\n'),
    '',
    'mailferry COMMAND --help tells more of each.',
  ]
}

export function helpFor(verb: Verb): string[] {
  const own = Object.keys(verb.options).length > 0 ? ['', 'Options:', ...optionLines(verb.options)] : []
  const details = verb.details === undefined ? [] : ['', ...verb.details.split('\n')]
  return [
    `Usage: mailferry ${synopsis(verb)}${own.length > 0 ? ' [options]' : ''}`,
    '',
    verb.summary,
    ...details,
    ...own,
    '',
    'Options for every command:',
    ...optionLines(globalOptions),
  ]
}

const synopsis = (verb: Verb): string => [verb.words, ...verb.positionals].join(' ')

const optionLines = (options: Options): string[] =>
  columns(
    Object.entries(options).map(([name, option]) => [
      `${option.short === undefined ? '' : `-${option.short}, `}--${name}${option.value === undefined ? '' : ` ${option.value}`}`,
      `${option.help}${option.multiple ? ' May be given several times.' : ''}`,
    ]),
  )

function columns(rows: readonly (readonly [string, string])[]): string[] {
  const width = Math.max(...rows.map(([left]) => left.length))
  return rows.map(([left, right]) => `  ${left.padEnd(width)}  ${right}`)
}
