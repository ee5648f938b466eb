import { type ParseArgsOptionDescriptor, parseArgs } from 'node:util'
import { MailferryError } from '../domain/errors.ts'
import type { App } from './app.ts'

export interface OptionSpec extends ParseArgsOptionDescriptor {
  readonly help: string
  /** How the value is called in the help text. */
  readonly value?: string
}

export type Options = Readonly<Record<string, OptionSpec>>

type Values<Of extends Options> = ReturnType<typeof parseArgs<{ options: Of; allowPositionals: true; strict: true }>>['values']

interface VerbSpec<Of extends Options> {
  /** As typed: `job start`. */
  readonly words: string
  readonly summary: string
  /** Names of the positional arguments, all needed. */
  readonly positionals?: readonly string[]
  /** Name of any number of arguments after those. */
  readonly more?: string
  readonly options?: Of
  readonly details?: string
  /** Answers the exit code. */
  run(app: App, args: { readonly positionals: readonly string[]; readonly values: Values<Of> }): Promise<number>
}

/** A verb whose option types are known only to itself. */
export interface Verb {
  readonly words: string
  readonly summary: string
  readonly positionals: readonly string[]
  readonly options: Options
  readonly details: string | undefined
  run(app: App, args: readonly string[]): Promise<number>
}

/** Throws `usage` for an unknown option, a missing or an additional argument. */
export const verb = <const Of extends Options = Record<never, never>>(spec: VerbSpec<Of>): Verb => ({
  words: spec.words,
  summary: spec.summary,
  positionals: [...(spec.positionals ?? []), ...(spec.more === undefined ? [] : [`[${spec.more}…]`])],
  options: spec.options ?? {},
  details: spec.details,
  run: (app, args) => spec.run(app, parse(spec, args)),
})

function parse<Of extends Options>(spec: VerbSpec<Of>, args: readonly string[]): { positionals: string[]; values: Values<Of> } {
  const parsed = parseOptions(spec, args)
  const names = spec.positionals ?? []
  const missing = names[parsed.positionals.length]
  if (missing !== undefined) throw usage(spec.words, `${missing} is missing`)
  const additional = spec.more === undefined ? parsed.positionals[names.length] : undefined
  if (additional !== undefined) throw usage(spec.words, `“${additional}” is one argument too many`)
  return parsed
}

function parseOptions<Of extends Options>(spec: VerbSpec<Of>, args: readonly string[]): { positionals: string[]; values: Values<Of> } {
  try {
    // Proof of the cast: a spec without options has no option values.
    return parseArgs({ args: [...args], options: spec.options ?? ({} as Of), allowPositionals: true, strict: true })
  } catch (error) {
    throw usage(spec.words, error instanceof Error ? (error.message.split('. ', 1)[0] ?? '') : String(error))
  }
}

const usage = (words: string, problem: string): MailferryError => new MailferryError('usage', { detail: `${words}: ${problem}` })
