import { join } from 'node:path'
import { PassThrough } from 'node:stream'
import { runTests } from '@vscode/test-electron'
// Named here so that a machine without a VS Code server skips the suites that need one.
import './server.ts'

/** Our stand-in for the `code` program. With MAILFERRY_VSCODE=desktop the runner fetches a desktop VS Code instead. */
const code = join(import.meta.dirname, 'code.mjs')

export interface HostRun {
  /** The extension's folder. */
  readonly extension: string
  /** A CommonJS module that exports `run()`, as VS Code's documentation of testing extensions has it. */
  readonly tests: string
  readonly folder?: string
  readonly env?: Readonly<Record<string, string>>
}

/** Runs a suite inside a real extension host. Throws, with what it said, unless it passed. */
export async function runInHost({ extension, tests, folder, env = {} }: HostRun): Promise<void> {
  const said: string[] = []
  const output = new PassThrough().on('data', (part: Buffer) => said.push(part.toString()))
  try {
    await runTests({
      ...(process.env['MAILFERRY_VSCODE'] === 'desktop' ? {} : { vscodeExecutablePath: code }),
      extensionDevelopmentPath: extension,
      extensionTestsPath: tests,
      launchArgs: folder === undefined ? [] : [folder],
      extensionTestsEnv: env,
      stdout: output,
      stderr: output,
    })
  } catch (error) {
    throw new Error(`the suite failed in the extension host:\n${said.join('')}`, { cause: error })
  }
}
