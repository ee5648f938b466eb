import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { existsSync } from 'node:fs'
import { type ExitName, exitCodes } from '../../src/domain/exitCodes.ts'
import type { Screen } from './screen.ts'

export interface CommandOptions {
  /** How it has to end; `ok` unless said. */
  readonly expected?: ExitName
  /** Shows only the last so many lines. */
  readonly last?: number
}

/** Types a command for the reader and runs it for real. Throws when it ends otherwise than expected, or when the demo is stopped. */
export type CommandLine = (command: string, options?: CommandOptions) => Promise<void>

export interface Shell {
  /** The built command line. */
  readonly cli: string
  readonly dir: string
  readonly screen: Screen
  readonly signal: AbortSignal
}

/** Where the kernel can end it when this process dies, however it dies. */
const endedWithUs = existsSync('/usr/bin/setpriv') ? ['/usr/bin/setpriv', '--pdeathsig', 'TERM'] : []

export const createCommandLine =
  ({ cli, dir, screen, signal }: Shell): CommandLine =>
  async (command, { expected = 'ok', last } = {}) => {
    signal.throwIfAborted()
    screen.typed(`mailferry ${command}${last === undefined ? '' : ` | tail -n ${last}`}`)
    const [program, ...args] = [...endedWithUs, process.execPath, cli, ...command.split(' ')]
    const child = spawn(program ?? process.execPath, args, {
      cwd: dir,
      env: { ...process.env, XDG_DATA_HOME: dir },
      stdio: ['ignore', last === undefined ? 'inherit' : 'pipe', 'inherit'],
    })
    let output = ''
    child.stdout?.setEncoding('utf8').on('data', (text: string) => {
      output += text
    })
    const stop = () => child.kill('SIGTERM')
    signal.addEventListener('abort', stop)
    const [code] = await once(child, 'close')
    signal.removeEventListener('abort', stop)
    signal.throwIfAborted()
    if (last !== undefined) screen.say(...output.trimEnd().split('\n').slice(-last))
    if (code !== exitCodes.ok) screen.say(`[exit code ${code}]`)
    if (code !== exitCodes[expected]) throw new Error(`“mailferry ${command}” ended with ${code} instead of ${exitCodes[expected]}.`)
  }
