import type { MailferryError } from '../domain/errors.ts'
import { describe } from '../domain/errorText.ts'
import { exitCodeOf } from '../domain/exitCodes.ts'

/** One event of `--json`: a line of its own, told by `event`. */
export type JsonEvent = { readonly event: string }

/** Where a command says what it has to say: for people, or one JSON event per line. */
export interface Output {
  readonly json: boolean
  /** Columns of the terminal; absent where nobody watches. */
  readonly columns: number | undefined
  /** The event in JSON, else the text's lines. */
  say<Event extends JsonEvent>(event: Event, text: string | readonly string[]): void
  /** The same for what isn't a result: standard error, where that is for people. */
  warn<Event extends JsonEvent>(event: Event, text: string): void
  error(error: MailferryError): void
  /** Replaces the lines at the bottom of a terminal; nothing elsewhere. */
  status(lines: readonly string[]): void
}

export interface Streams {
  readonly stdout: NodeJS.WriteStream
  readonly stderr: NodeJS.WriteStream
}

export function createOutput({ stdout, stderr }: Streams, json: boolean): Output {
  // Some terminals, a serial line for one, tell no width.
  const width = (): number | undefined => (stdout.isTTY && !json ? stdout.columns || 80 : undefined)
  let shown = 0

  const clear = (): void => {
    if (shown > 0) stdout.write(`\u001B[${shown}A\u001B[J`)
    shown = 0
  }
  const emit = (event: object): void => {
    stdout.write(`${JSON.stringify(event)}\n`)
  }
  const print = (stream: NodeJS.WriteStream, lines: readonly string[]): void => {
    clear()
    for (const line of lines) stream.write(`${safe(line)}\n`)
  }

  return {
    json,
    get columns() {
      return width()
    },
    say: (event, text) => (json ? emit(event) : print(stdout, [text].flat())),
    warn: (event, text) => (json ? emit(event) : print(stderr, [text])),
    error(error) {
      const { message, next } = describe(error)
      if (json) emit({ event: 'error', code: error.code, params: error.params, message, next, exitCode: exitCodeOf(error.code) })
      else print(stderr, [`mailferry: ${message}`, next])
    },
    status(lines) {
      const columns = width()
      if (columns === undefined) return
      clear()
      for (const line of lines) stdout.write(`${safe(line).slice(0, columns - 1)}\n`)
      shown = lines.length
    },
  }
}

/** Names come from servers; no control character of theirs reaches the terminal. */
const safe = (text: string): string => text.replace(/[\u0000-\u0008\u000B-\u001F\u007F-\u009F]/g, '�')
