import { parseArgs } from 'node:util'
import manifest from '../../package.json' with { type: 'json' }
import { isError, MailferryError } from '../domain/errors.ts'
import { exitCodeOf, exitCodes } from '../domain/exitCodes.ts'
import { keepHeapSmall } from '../engine/keepHeapSmall.ts'
import { createLocalClient } from '../engine/localClient.ts'
import { closest } from '../rpc/closest.ts'
import { globalOptions, helpFor, overview } from './help.ts'
import { readInput } from './input.ts'
import { createOutput, type Output } from './output.ts'
import { watchSignals } from './signals.ts'
import type { Verb } from './verb.ts'
import { verbs } from './verbs.ts'

/** Runs one command line; sets the process's exit code and leaves the process to end by itself. */
export async function main(argv: readonly string[]): Promise<void> {
  keepHeapSmall()
  const out = createOutput(process, argv.includes('--json'))
  endWithReader()
  process.on('uncaughtException', error => {
    out.error(internal(error))
    process.exit(exitCodes.internal)
  })
  try {
    process.exitCode = await run(partArguments(argv), out)
  } catch (error) {
    const known = isError(error) ? error : internal(error)
    out.error(known)
    process.exitCode = exitCodeOf(known.code)
  }
}

async function run({ globals, rest }: ReturnType<typeof partArguments>, out: Output): Promise<number> {
  const words = rest.filter(word => !word.startsWith('-'))
  if (globals.version) return say(out, { event: 'version', version: manifest.version }, [manifest.version])
  if (words.length === 0 && (globals.help || rest.length === 0)) return say(out, { event: 'help' }, overview(verbs))
  const verb = findVerb(words)
  if (globals.help) return say(out, { event: 'help', command: verb.words }, helpFor(verb))

  using signals = watchSignals(text => out.warn({ event: 'stopping' }, text))
  await using client = createLocalClient({ ledger: globals.ledger, log: globals.log, version: manifest.version })
  return await verb.run({ out, client, stop: signals.stop, cwd: process.cwd(), readInput }, withoutWords(rest, verb))
}

/** Takes the options of every command from anywhere on the line and leaves the others to the command. */
function partArguments(argv: readonly string[]) {
  const { values, tokens } = parseArgs({ args: [...argv], options: globalOptions, strict: false, tokens: true, allowPositionals: true })
  const taken = new Set<number>()
  const globals: { ledger?: string; log?: string; json?: boolean; help?: boolean; version?: boolean } = {}
  for (const token of tokens) {
    if (token.kind === 'option-terminator') break
    if (token.kind !== 'option' || !Object.hasOwn(globalOptions, token.name)) continue
    taken.add(token.index)
    if (token.value !== undefined && token.inlineValue === false) taken.add(token.index + 1)
    if (token.name === 'ledger' || token.name === 'log') globals[token.name] = neededValue(token.name, values[token.name])
    else if (token.name === 'json' || token.name === 'help' || token.name === 'version') globals[token.name] = true
  }
  return { globals, rest: argv.filter((_, index) => !taken.has(index)) }
}

function neededValue(name: string, value: unknown): string {
  if (typeof value !== 'string' || value === '') throw new MailferryError('usage', { detail: `--${name} needs a file` })
  return value
}

function findVerb(words: readonly string[]): Verb {
  const found = verbs.find(verb => verb.words.split(' ').every((word, index) => word === words[index]))
  if (found !== undefined) return found
  const typed = words.slice(0, 2).join(' ')
  const near = closest(
    typed,
    verbs.map(verb => verb.words),
  )
  const group = verbs.filter(verb => verb.words.startsWith(`${words[0]} `)).map(verb => verb.words.split(' ')[1])
  const hint =
    near !== undefined
      ? `did you mean \`mailferry ${near}\`?`
      : group.length > 0
        ? `after ${words[0]} comes one of ${group.join(', ')}`
        : ''
  throw new MailferryError('usage', {
    detail: `${typed === '' ? 'no command' : `“${typed}” is no command`}${hint === '' ? '' : `; ${hint}`}`,
  })
}

/** What stands beside the verb's own words. */
function withoutWords(rest: readonly string[], verb: Verb): string[] {
  const words = verb.words.split(' ')
  return rest.filter(argument => {
    if (argument !== words[0]) return true
    words.shift()
    return false
  })
}

function say(out: Output, event: { event: string } & Record<string, unknown>, lines: readonly string[]): number {
  out.say(event, lines)
  return exitCodes.ok
}

const internal = (error: unknown): MailferryError =>
  new MailferryError('internal', { detail: error instanceof Error ? (error.stack ?? error.message) : String(error) }, { cause: error })

/** Whoever read our output went away (`| head`): there is nobody to tell anything more. */
function endWithReader(): void {
  process.stdout.on('error', error => process.exit('code' in error && error.code === 'EPIPE' ? exitCodes.stopped : exitCodes.internal))
}
