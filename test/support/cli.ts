import { type ChildProcess, execFileSync, type StdioOptions, spawn } from 'node:child_process'
import { once } from 'node:events'
import { mkdirSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { tempDir } from './tempDir.ts'

const root = join(import.meta.dirname, '../..')

let built: string | undefined

/** The command line as it is shipped. */
export const cliFile = (): string => join(builtFolder(), 'cli.js')

/** What is shipped, built from today's sources; within the project, so that it finds its native module. */
export function builtFolder(): string {
  if (built === undefined) {
    mkdirSync(join(root, 'dist'), { recursive: true })
    const { path } = tempDir(join(root, 'dist'))
    execFileSync('node', [join(root, 'scripts/build.mjs'), path], { stdio: 'inherit' })
    built = path
  }
  return built
}

export interface Finished {
  readonly code: number | null
  readonly signal: NodeJS.Signals | null
  readonly stdout: string
  readonly stderr: string
  /** The lines of `--json`. */
  readonly events: readonly CliEvent[]
}

export interface CliEvent {
  readonly event: string
  readonly [field: string]: unknown
}

export interface RunningCli {
  readonly child: ChildProcess
  /** What it wrote to standard output so far. */
  stdout(): string
  /** Resolves when standard output matches; rejects when the process ends before. */
  says(pattern: RegExp): Promise<void>
  readonly finished: Promise<Finished>
}

export interface CliOptions {
  readonly cwd?: string
  readonly env?: NodeJS.ProcessEnv
  /** What is piped in. */
  readonly input?: string
  readonly stdio?: StdioOptions
}

/** Starts the command line as a child process. */
export function startCli(args: readonly string[], options: CliOptions = {}): RunningCli {
  const child = spawn('node', [cliFile(), ...args], { cwd: options.cwd, env: options.env ?? process.env, stdio: options.stdio ?? 'pipe' })
  let stdout = ''
  let stderr = ''
  child.stdout?.setEncoding('utf8').on('data', (text: string) => {
    stdout += text
  })
  child.stderr?.setEncoding('utf8').on('data', (text: string) => {
    stderr += text
  })
  child.stdin?.end(options.input ?? '')
  const finished = once(child, 'close').then(([code, signal]): Finished => ({ code, signal, stdout, stderr, events: eventsIn(stdout) }))
  return {
    child,
    stdout: () => stdout,
    finished,
    async says(pattern) {
      while (!pattern.test(stdout)) {
        const more = child.stdout === null ? finished : Promise.race([once(child.stdout, 'data'), finished])
        await more
        if (child.exitCode !== null && !pattern.test(stdout))
          throw new Error(`ended with ${child.exitCode} before saying ${pattern}: ${stdout}${stderr}`)
      }
    },
  }
}

/** Runs the command line to its end. */
export const cli = (args: readonly string[], options: CliOptions = {}): Promise<Finished> => startCli(args, options).finished

const eventsIn = (text: string): CliEvent[] =>
  text
    .split('\n')
    .filter(line => line.startsWith('{"event"'))
    .map(line => JSON.parse(line) as CliEvent)

/** Writes a file for this person's eyes only and answers its path. */
export function privateFile(dir: string, name: string, content: string | object): string {
  const path = join(dir, name)
  writeFileSync(path, typeof content === 'string' ? content : JSON.stringify(content, undefined, 2), { mode: 0o600 })
  return path
}
