import { spawn, spawnSync } from 'node:child_process'
import { closeSync, existsSync, mkdirSync, openSync, readdirSync, readFileSync, symlinkSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { serverMain } from '../../../scripts/vscodeServer.mjs'
import { freePort } from '../freePort.ts'

export interface VsCodeOptions {
  /** Holds everything of this editor: settings, extensions, logs. */
  readonly dir: string
  /** The same one again after a restart, for the browser keeps secrets by origin. */
  readonly port?: number
  /** Runs tests that are named in the page's address; hides notifications, so it is for those alone. */
  readonly testDriver?: boolean
  readonly workspaceTrust?: boolean
  readonly settings?: Readonly<Record<string, unknown>>
  readonly env?: Readonly<Record<string, string>>
}

export interface VsCode extends AsyncDisposable {
  readonly url: string
  readonly port: number
  readonly pid: number
  readonly dir: string
  /** How many windows have something running here: a window's ends a second after it was closed. */
  extensionHosts(): number
}

/** What would cover the workbench, or ask the network. */
const quiet = {
  'chat.disableAIFeatures': true,
  'chat.agentHost.enabled': false,
  'workbench.startupEditor': 'none',
  'workbench.secondarySideBar.defaultVisibility': 'hidden',
  'workbench.enableExperiments': false,
  'workbench.tips.enabled': false,
  'workbench.reduceMotion': 'on',
  'telemetry.telemetryLevel': 'off',
  'update.mode': 'none',
  // Each port of the sandbox would be told of.
  'remote.autoForwardPorts': false,
  'extensions.autoUpdate': false,
  'extensions.autoCheckUpdates': false,
  'extensions.ignoreRecommendations': true,
}

/** Starts a real VS Code server on loopback: its extension host is a Node process, its workbench a page for a browser. */
export async function startVsCode(options: VsCodeOptions): Promise<VsCode> {
  const { dir, testDriver = false, workspaceTrust = false, settings = {}, env = {} } = options
  const port = options.port ?? (await freePort())
  mkdirSync(join(dir, 'data', 'User'), { recursive: true })
  mkdirSync(join(dir, 'extensions'), { recursive: true })
  writeFileSync(join(dir, 'data', 'User', 'settings.json'), JSON.stringify({ ...quiet, ...settings }, undefined, 2))
  const args = [
    ...['--host', '127.0.0.1', '--port', String(port), '--without-connection-token', '--reconnection-grace-time', '1'],
    ...(workspaceTrust ? [] : ['--disable-workspace-trust']),
    ...(testDriver ? ['--enable-smoke-test-driver'] : []),
  ]
  const log = join(dir, 'server.log')
  const output = openSync(log, 'a')
  const child = spawn(process.execPath, [serverMain, ...placed(dir), ...args], {
    stdio: ['ignore', output, output],
    env: { ...process.env, EXTENSIONS_GALLERY: '{}', ...env },
  })
  closeSync(output)
  const ended = new Promise<void>(resolve => child.once('exit', () => resolve()))
  const url = `http://127.0.0.1:${port}`
  while (!(await answers(`${url}/version`))) {
    if (child.exitCode !== null) throw new Error(`VS Code’s server ended with ${child.exitCode}:\n${readFileSync(log, 'utf8')}`)
    await sleep(50)
  }
  return {
    url,
    port,
    pid: child.pid ?? 0,
    dir,
    extensionHosts: () => processes(args => args.includes('--type=extensionHost')).filter(pid => parentOf(pid) === child.pid).length,
    async [Symbol.asyncDispose]() {
      child.kill('SIGTERM')
      const impatient = setTimeout(() => child.kill('SIGKILL'), 5000)
      await ended
      clearTimeout(impatient)
      endEngines(dir)
    },
  }
}

/** An engine at work outlives its editor, as it should; but not the folder that its ledger lies in. */
function endEngines(dir: string): void {
  const isEngine = (argument: string): boolean => argument.startsWith(join(dir, 'data')) && argument.endsWith('engine.js')
  for (const pid of processes(args => args.some(isEngine))) process.kill(pid, 'SIGKILL')
}

/** Those of this machine, by their arguments; none where a system doesn't tell. */
function processes(isWanted: (args: readonly string[]) => boolean): number[] {
  if (!existsSync('/proc/self/cmdline')) return []
  return readdirSync('/proc')
    .filter(name => /^\d+$/.test(name) && isWanted(commandLineOf(name).slice(1)))
    .map(Number)
}

const commandLineOf = (pid: string): string[] => told(`/proc/${pid}/cmdline`).split('\0')

/** `PID (NAME) STATE PARENT …` */
const parentOf = (pid: number): number => Number(/\) \S (\d+)/.exec(told(`/proc/${pid}/stat`))?.[1])

/** Nothing of one that has ended meanwhile. */
const told = (file: string): string => {
  try {
    return readFileSync(file, 'utf8')
  } catch {
    return ''
  }
}

/** Installs a packaged extension as a person would from the file. */
export function installVsix(dir: string, vsix: string): void {
  const { status, stdout, stderr } = spawnSync(process.execPath, [serverMain, ...placed(dir), '--install-extension', vsix], {
    encoding: 'utf8',
    env: { ...process.env, EXTENSIONS_GALLERY: '{}' },
  })
  if (status !== 0) throw new Error(`${vsix} can’t be installed:\n${stdout}${stderr}`)
}

/** Puts an extension's folder in place of an installation. Before the first start only. */
export function linkExtension(dir: string, folder: string): void {
  const { publisher, name, version } = JSON.parse(readFileSync(join(folder, 'package.json'), 'utf8'))
  mkdirSync(join(dir, 'extensions'), { recursive: true })
  symlinkSync(folder, join(dir, 'extensions', `${publisher}.${name}-${version}`))
}

const placed = (dir: string): string[] => [
  ...['--accept-server-license-terms', '--telemetry-level', 'off'],
  ...['--server-data-dir', dir, '--extensions-dir', join(dir, 'extensions')],
]

const answers = async (url: string): Promise<boolean> => {
  try {
    return (await fetch(url)).ok
  } catch {
    return false
  }
}
