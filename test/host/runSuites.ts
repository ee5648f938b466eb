import { existsSync, mkdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { build } from 'esbuild'
import { runInHost } from '../support/vscode/host.ts'
import { packedExtension } from '../support/vscode/packed.ts'
import type { TestResult } from './suiteNames.ts'

const root = join(import.meta.dirname, '../..')

/** Bundles the suites for the extension host, within the project, so that they find Mocha. Answers the bundle's path. */
export async function bundleSuites(): Promise<string> {
  const outfile = join(root, 'test-results', 'host', `${process.pid}.cjs`)
  await build({
    absWorkingDir: root,
    entryPoints: ['test/host/index.ts'],
    outfile,
    bundle: true,
    platform: 'node',
    target: 'node24',
    format: 'cjs',
    external: ['vscode', 'mocha'],
    sourcemap: 'inline',
    logLevel: 'warning',
  })
  return outfile
}

export interface SuitesRun {
  readonly bundle: string
  /** The person's data folder, with the ledger in it. */
  readonly data: string
  readonly env: Readonly<Record<string, string>>
}

/** Runs the suites in an extension host with the extension as it is shipped. What failed is among the results; throws where it is the run itself that did. */
export async function runSuites({ bundle, data, env }: SuitesRun): Promise<readonly TestResult[]> {
  const report = join(data, 'report.json')
  mkdirSync(data, { recursive: true })
  const { folder } = packedExtension()
  try {
    await runInHost({ extension: folder, tests: bundle, env: { XDG_DATA_HOME: data, HOST_REPORT: report, ...env } })
  } catch (thrown) {
    const failed = existsSync(report) && resultsIn(report).some(({ error }) => error !== undefined)
    if (!failed) throw thrown
  }
  return resultsIn(report)
}

const resultsIn = (report: string): readonly TestResult[] => JSON.parse(readFileSync(report, 'utf8'))
