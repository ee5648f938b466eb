import { chmod, mkdir, writeFile } from 'node:fs/promises'
import { delimiter, join } from 'node:path'

/** Of VS Code's `EnvironmentVariableCollection`. */
export interface TerminalEnvironment {
  prepend(variable: string, value: string): void
}

export interface CommandLineOptions {
  /** The command line's bundle. */
  readonly bundle: string
  /** The extension's global storage, a folder. */
  readonly storage: string
  /** The editor's own Node, which runs it. */
  readonly node: string
  readonly environment: TerminalEnvironment
}

/** Makes `mailferry` a command of the integrated terminal, run by the editor's own Node. */
export async function offerCommandLine({ bundle, storage, node, environment }: CommandLineOptions): Promise<void> {
  const folder = join(storage, 'bin')
  await mkdir(folder, { recursive: true })
  const unix = join(folder, 'mailferry')
  await writeFile(unix, `#!/bin/sh\nELECTRON_RUN_AS_NODE=1 exec ${quoted(node)} ${quoted(bundle)} "$@"\n`)
  await chmod(unix, 0o755)
  await writeFile(join(folder, 'mailferry.cmd'), `@set ELECTRON_RUN_AS_NODE=1\r\n@"${node}" "${bundle}" %*\r\n`)
  environment.prepend('PATH', folder + delimiter)
}

const quoted = (path: string): string => `'${path.replaceAll("'", `'\\''`)}'`
